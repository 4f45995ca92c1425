package io.sluice.core.gate;

import io.sluice.core.id.FieldPath;

/** What a gate measures. The name is the one in {@code pipeline.yaml}. */
public sealed interface Metric {
  /** How people write it. */
  String name();

  /**
   * The metric that people write so.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  static Metric parse(String name) {
    if (name.startsWith(NullRate.PREFIX)) {
      return new NullRate(FieldPath.parse(name.substring(NullRate.PREFIX.length())));
    }
    return switch (name) {
      case "conservation" -> new Conservation();
      case "row_count_delta" -> new RowCountDelta();
      default -> throw new IllegalArgumentException("Invalid metric: " + name);
    };
  }

  /** How many accepted records have no fate, or two. Always on, limit 0. */
  record Conservation() implements Metric {
    @Override
    public String name() {
      return "conservation";
    }
  }

  /**
   * How far the size of the batches is from the usual: the median of accepted records per batch in
   * the snapshot against the median over the published batches before it, as a share of the latter
   * and without its sign.
   */
  record RowCountDelta() implements Metric {
    @Override
    public String name() {
      return "row_count_delta";
    }
  }

  /** The share of the rows that the snapshot adds in which {@code field} is null. */
  record NullRate(FieldPath field) implements Metric {
    /** What stands before the field. */
    public static final String PREFIX = "null_rate_";

    @Override
    public String name() {
      return PREFIX + field;
    }
  }
}
