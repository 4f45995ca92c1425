package io.sluice.contracts.pipeline;

import io.sluice.core.id.FieldPath;
import java.time.Duration;
import java.util.List;

/**
 * How records become rows.
 *
 * @param idempotencyKey the fields that identify a record; none of them may be null
 * @param eventTime when the record happened: a timestamp or date field
 * @param partitions the partitions of the table
 * @param batchInterval how long a batch waits for others to share a snapshot with; zero when none
 */
public record Transformation(
    List<FieldPath> idempotencyKey,
    FieldPath eventTime,
    MergePolicy merge,
    List<PartitionField> partitions,
    Duration batchInterval) {
  /** Copies the lists. */
  public Transformation {
    idempotencyKey = List.copyOf(idempotencyKey);
    partitions = List.copyOf(partitions);
  }
}
