package io.sluice.core.gate;

/** One gate held against one snapshot. */
public record GateResult(GateTerms terms, Measurement measurement, Ruling ruling) {
  /** Refuses a ruling that the measurement contradicts. */
  public GateResult {
    if (terms.holds(measurement) != ruling instanceof Ruling.Passed) {
      throw new IllegalArgumentException(
          "Invalid result of gate " + terms.name() + ": its value and bounds say otherwise");
    }
  }

  /** Whether the value is within its bounds. */
  public boolean passed() {
    return ruling instanceof Ruling.Passed;
  }

  /** Whether it failed and nobody accepted that. */
  public boolean failed() {
    return ruling instanceof Ruling.Failed;
  }

  /** The same failure, accepted. */
  public GateResult accepted(Decision decision) {
    return passed() ? this : new GateResult(terms, measurement, new Ruling.Accepted(decision));
  }
}
