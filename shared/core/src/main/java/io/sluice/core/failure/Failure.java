package io.sluice.core.failure;

/**
 * What went wrong that is not the data's fault. The message is one sentence that names the thing
 * and the value; nothing may branch on it.
 */
public abstract sealed class Failure extends RuntimeException
    permits TransientFailure, UnknownOutcome, ConfigurationFailure, InvalidMessage {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
