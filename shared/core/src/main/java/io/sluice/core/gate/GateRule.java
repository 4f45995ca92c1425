package io.sluice.core.gate;

/**
 * One gate: a metric, the bounds of its value, and what happens outside them.
 *
 * @param where the rows that it looks at, for metrics of columns
 * @param firstRun what it says while there is no baseline
 */
public record GateRule(GateTerms terms, Metric metric, RowFilter where, FirstRun firstRun) {
  /** The rule that no pipeline can switch off. */
  public static final GateRule CONSERVATION =
      of(SnapshotMetric.CONSERVATION, Bounds.atMost(0), GateAction.HALT_AND_ALERT);

  /** What a gate that compares says while there is nothing to compare with. */
  public enum FirstRun {
    /** It passes. */
    PASS,
    /** It cannot be evaluated, so it fails. */
    FAIL
  }

  /** A rule with everything else as it is by default. */
  public static GateRule of(Metric metric, Bounds bounds, GateAction action) {
    return new GateRule(
        new GateTerms(
            metric.word(), metric.word(), bounds, action, action.severity(), metric.layer()),
        metric,
        new RowFilter.All(),
        FirstRun.PASS);
  }
}
