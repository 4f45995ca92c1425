package io.sluice.land;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.SnapshotMetric;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.row.Row;
import io.sluice.formats.row.RowValues;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gates of a pipeline that are held against one batch before it is announced. They measure what
 * is counted while its records pass by: the records, and the nulls of fields that a gate names.
 */
final class RawGates {
  /** Enough to tell a value from a bound that it breaks. */
  private static final int DIGITS = 4;

  private final List<GateRule> rules;
  private final List<FieldPath> fields;
  private final RowValues values;
  private final long[] nulls;

  /** The gates of {@code pipeline}, over rows of {@code accepting}. */
  RawGates(Pipeline pipeline, Contract accepting) {
    this.rules =
        pipeline.gates().stream().filter(gate -> gate.terms().layer() == Layer.RAW).toList();
    this.fields = rules.stream().flatMap(RawGates::field).distinct().toList();
    this.values = new RowValues(accepting, fields);
    this.nulls = new long[fields.size()];
  }

  /** Of columns, only rates of nulls can be declared for this layer. */
  private static Stream<FieldPath> field(GateRule rule) {
    if (rule.metric() instanceof Metric.Column column) {
      return column.measure().fields().stream();
    }
    return Stream.empty();
  }

  /** Counts a record that is accepted. */
  void count(Row row) {
    if (nulls.length > 0) {
      values.of(row);
      for (int i = 0; i < nulls.length; i++) {
        nulls[i] += values.isNull(i) ? 1 : 0;
      }
    }
  }

  /** Why the batch of these counts is held; empty when it passes. */
  Optional<String> failure(LandCounts counts) {
    List<String> failures = rules.stream().flatMap(rule -> failure(rule, counts)).toList();
    return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
  }

  private Stream<String> failure(GateRule rule, LandCounts counts) {
    double value = value(rule, counts);
    Bounds bounds = rule.terms().bounds();
    if (bounds.hold(value)) {
      return Stream.empty();
    }
    boolean isUnder = value < bounds.least();
    return Stream.of(
        "gate %s: %s is %s, %s %s is wanted"
            .formatted(
                rule.terms().name(),
                rule.metric().word(),
                text(value),
                isUnder ? "at least" : "at most",
                text(isUnder ? bounds.least() : bounds.most())));
  }

  /** Other metrics cannot be declared for this layer. */
  private double value(GateRule rule, LandCounts counts) {
    return field(rule)
        .findFirst()
        .map(field -> share(nulls[fields.indexOf(field)], counts.accepted()))
        .orElseGet(
            () ->
                rule.metric() == SnapshotMetric.REJECT_RATE
                    ? share(counts.rejected(), counts.read())
                    : counts.accepted());
  }

  private static String text(double number) {
    return new BigDecimal(number, new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
