package io.sluice.core.gate;

/** What happens when a gate does not pass. */
public enum GateAction {
  /** Publishing stops; audit goes on growing; somebody is told. */
  HALT_AND_ALERT("halt_and_alert", Severity.CRITICAL),
  /** The snapshot leaves audit; later batches are replayed without it. */
  QUARANTINE("quarantine", Severity.ERROR),
  /** The snapshot is published; the failure is recorded, and somebody is told. */
  WARN("warn", Severity.WARNING),
  /** Publishing stops until schema and contract agree again. */
  REGISTRY_VALIDATION("registry_validation", Severity.CRITICAL);

  private final String word;
  private final Severity severity;

  GateAction(String word, Severity severity) {
    this.word = word;
    this.severity = severity;
  }

  /** As in {@code pipeline.yaml}. */
  public String word() {
    return word;
  }

  /** The severity of a gate that declares none. */
  public Severity severity() {
    return severity;
  }
}
