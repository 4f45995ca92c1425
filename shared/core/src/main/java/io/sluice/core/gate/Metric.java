package io.sluice.core.gate;

import io.sluice.core.id.FieldPath;
import io.sluice.core.id.PipelineName;
import java.time.Duration;
import java.util.List;

/** What a gate measures. */
public sealed interface Metric
    permits SnapshotMetric,
        Metric.Column,
        Metric.RowCountDelta,
        Metric.Freshness,
        Metric.LateRate,
        Metric.SchemaHash,
        Metric.Referential,
        Metric.Drift {
  /** As in {@code pipeline.yaml}. */
  String word();

  /** Where it is looked at unless declared. */
  default Layer layer() {
    return Layer.CURATED;
  }

  /** Something about columns of the rows that the snapshot adds. */
  record Column(String word, ColumnMeasure measure) implements Metric {}

  /**
   * How far the size of the batches is from the usual: the median of accepted records per batch in
   * the snapshot against the median over the batches of the last {@code snapshots} published
   * snapshots, as a share of the latter and without its sign.
   */
  record RowCountDelta(int snapshots) implements Metric {
    @Override
    public String word() {
      return "row_count_delta";
    }
  }

  /** How many seconds ago the newest event happened. */
  record Freshness(FieldPath eventTime) implements Metric {
    @Override
    public String word() {
      return "freshness";
    }

    @Override
    public Layer layer() {
      return Layer.SERVING;
    }
  }

  /**
   * The share of rows whose event happened more than {@code after} before the first of the
   * snapshot's batches landed.
   */
  record LateRate(FieldPath eventTime, Duration after) implements Metric {
    @Override
    public String word() {
      return "late_rate";
    }
  }

  /** In how many ways the snapshot's schema and contract differ from the declared contract. */
  record SchemaHash() implements Metric {
    @Override
    public String word() {
      return "schema_hash";
    }
  }

  /**
   * The share of distinct keys that are not in another pipeline's published table. A key with a
   * null refers to nothing and is left out.
   */
  record Referential(List<FieldPath> fields, PipelineName pipeline, List<FieldPath> referenced)
      implements Metric {
    /** Copies the fields, and refuses keys of different lengths. */
    public Referential {
      fields = List.copyOf(fields);
      referenced = List.copyOf(referenced);
      if (fields.isEmpty() || fields.size() != referenced.size()) {
        throw new IllegalArgumentException(
            "Invalid reference: " + fields + " to " + referenced + " of " + pipeline);
      }
    }

    @Override
    public String word() {
      return "referential";
    }
  }

  /** How far a column's distribution is from that of the last published snapshots. */
  record Drift(FieldPath field, int snapshots) implements Metric {
    @Override
    public String word() {
      return "drift_" + field;
    }
  }
}
