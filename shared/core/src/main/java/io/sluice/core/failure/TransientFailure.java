package io.sluice.core.failure;

/** The world said no for now: the message is retried as it is. */
public final class TransientFailure extends Failure {
  private static final long serialVersionUID = 1L;

  /** With the sentence that people read. */
  public TransientFailure(String message) {
    super(message);
  }

  /** With the sentence that people read, and what it came from. */
  public TransientFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
