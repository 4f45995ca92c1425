package io.sluice.core.gate;

/** How a snapshot came through its gates. */
public enum GateOutcome {
  /** Every gate passed, only warns, or was accepted: main may move here. */
  PUBLISHED("published"),
  /** Taken off audit; its batches wait. */
  QUARANTINED("quarantined"),
  /** Stays on audit; main waits. */
  HALTED("halted");

  private final String word;

  GateOutcome(String word) {
    this.word = word;
  }

  /** As in reports. */
  public String word() {
    return word;
  }

  /**
   * What the results together say. A halt outweighs a quarantine: what must be looked at is not
   * moved out of sight.
   */
  public static GateOutcome of(Iterable<GateResult> results) {
    GateOutcome outcome = PUBLISHED;
    for (GateResult result : results) {
      if (result.failed()) {
        switch (result.terms().action()) {
          case HALT_AND_ALERT, REGISTRY_VALIDATION -> {
            return HALTED;
          }
          case QUARANTINE -> outcome = QUARANTINED;
          case WARN -> {}
        }
      }
    }
    return outcome;
  }
}
