package io.sluice.core.failure;

/**
 * A message that no attempt can make true: not ours, forged, or about what is not there. It fails
 * alone and is dead-lettered.
 */
public final class InvalidMessage extends Failure {
  private static final long serialVersionUID = 1L;

  /** With the sentence that people read. */
  public InvalidMessage(String message) {
    super(message);
  }

  /** With the sentence that people read, and what it came from. */
  public InvalidMessage(String message, Throwable cause) {
    super(message, cause);
  }
}
