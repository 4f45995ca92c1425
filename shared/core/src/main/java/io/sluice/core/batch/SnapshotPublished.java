package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The message from gate to whoever wants to know: readers see this snapshot.
 *
 * @param judgedAt when its gates passed
 * @param score its data quality score, 0 to 100
 * @param batches what it brought, and what became of the records
 */
public record SnapshotPublished(
    PipelineName pipeline,
    SnapshotId snapshot,
    Instant judgedAt,
    double score,
    Map<BatchId, BatchAccount> batches) {
  /** Copies the batches. */
  public SnapshotPublished {
    batches = Collections.unmodifiableMap(new TreeMap<>(batches));
  }
}
