package io.sluice.contracts.pipeline;

import io.sluice.core.id.FieldPath;
import java.util.List;

/**
 * How records become rows.
 *
 * @param idempotencyKey the fields that identify a record; none of them may be null
 * @param eventTime when the record happened: a timestamp or date field
 */
public record Transformation(
    List<FieldPath> idempotencyKey,
    FieldPath eventTime,
    MergePolicy merge,
    List<PartitionField> partitions) {
  /** Copies the lists. */
  public Transformation {
    idempotencyKey = List.copyOf(idempotencyKey);
    partitions = List.copyOf(partitions);
  }
}
