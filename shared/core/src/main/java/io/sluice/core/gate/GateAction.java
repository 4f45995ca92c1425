package io.sluice.core.gate;

/** What happens when a gate does not pass. */
public enum GateAction {
  /** Publishing stops; audit goes on growing; somebody is told. */
  HALT_AND_ALERT("halt_and_alert"),
  /** The snapshot leaves audit; later batches are replayed without it. */
  QUARANTINE("quarantine");

  private final String word;

  GateAction(String word) {
    this.word = word;
  }

  /** As in {@code pipeline.yaml}. */
  public String word() {
    return word;
  }
}
