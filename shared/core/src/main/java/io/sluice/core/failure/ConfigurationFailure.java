package io.sluice.core.failure;

/**
 * The pipeline is declared wrongly or does not fit its table. Retried, then dead-lettered: never
 * quarantined as data.
 */
public final class ConfigurationFailure extends Failure {
  private static final long serialVersionUID = 1L;

  /** With the sentence that people read. */
  public ConfigurationFailure(String message) {
    super(message);
  }

  /** With the sentence that people read, and what it came from. */
  public ConfigurationFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
