package io.sluice.core.gate;

/**
 * One gate: a metric, the most it may be, and what happens above that.
 *
 * @param limit inclusive: a value that equals it passes
 */
public record GateRule(Metric metric, double limit, GateAction action) {
  /** The rule that no pipeline can switch off. */
  public static final GateRule CONSERVATION =
      new GateRule(new Metric.Conservation(), 0, GateAction.HALT_AND_ALERT);

  /** Refuses a limit that nothing could be held against. */
  public GateRule {
    if (!(limit >= 0) || Double.isInfinite(limit)) {
      throw new IllegalArgumentException(
          "Invalid limit of gate " + metric.name() + ": " + limit + " (a number of 0 or more)");
    }
  }

  /** Holds {@code measurement} against the limit. */
  public GateResult judge(Measurement measurement) {
    boolean passed =
        switch (measurement) {
          case Measurement.Known known -> known.value() <= limit;
          case Measurement.Unknown ignored -> false;
        };
    return new GateResult(this, measurement, passed);
  }
}
