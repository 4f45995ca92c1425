package io.sluice.core.failure;

/**
 * It may have happened. Delete nothing, retry nothing blindly; the next attempt looks for the
 * effect by identity.
 */
public final class UnknownOutcome extends Failure {
  private static final long serialVersionUID = 1L;

  /** With the sentence that people read. */
  public UnknownOutcome(String message) {
    super(message);
  }

  /** With the sentence that people read, and what it came from. */
  public UnknownOutcome(String message, Throwable cause) {
    super(message, cause);
  }
}
