package io.sluice.core.gate;

/**
 * What a verdict keeps of a gate: enough to read it when the gate is declared no more.
 *
 * @param name what people call the gate; the metric unless declared
 * @param metric what is measured, as in {@code pipeline.yaml}
 */
public record GateTerms(
    String name, String metric, Bounds bounds, GateAction action, Severity severity, Layer layer) {
  /** Holds {@code measurement} against the bounds. */
  public GateResult judge(Measurement measurement) {
    return new GateResult(
        this, measurement, holds(measurement) ? new Ruling.Passed() : new Ruling.Failed());
  }

  /** Whether {@code measurement} is within the bounds. */
  boolean holds(Measurement measurement) {
    return switch (measurement) {
      case Measurement.Known known -> bounds.hold(known.value());
      case Measurement.Nothing ignored -> true;
      case Measurement.Unknown ignored -> false;
    };
  }
}
