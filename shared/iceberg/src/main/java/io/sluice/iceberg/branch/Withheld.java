package io.sluice.iceberg.branch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import java.util.Map;
import java.util.TreeMap;

/**
 * The batches that gates took off audit, as the properties of a table name them: each with the
 * snapshot that it left with.
 *
 * @param waiting for a decision
 * @param released to be curated again
 * @param discarded for good
 */
public record Withheld(
    Map<BatchId, SnapshotId> waiting,
    Map<BatchId, SnapshotId> released,
    Map<BatchId, SnapshotId> discarded) {
  /** What stands before the batch in the name of a property. */
  public static final String WAITING = "sluice.withheld.";

  /** What stands before the batch in the name of a property. */
  public static final String RELEASED = "sluice.released.";

  /** What stands before the batch in the name of a property. */
  public static final String DISCARDED = "sluice.discarded.";

  /** What {@code properties} say. */
  public static Withheld read(Map<String, String> properties) {
    return new Withheld(
        byBatch(properties, WAITING),
        byBatch(properties, RELEASED),
        byBatch(properties, DISCARDED));
  }

  private static Map<BatchId, SnapshotId> byBatch(Map<String, String> properties, String prefix) {
    Map<BatchId, SnapshotId> byBatch = new TreeMap<>();
    properties.forEach(
        (name, snapshot) -> {
          if (name.startsWith(prefix)) {
            byBatch.put(
                new BatchId(name.substring(prefix.length())),
                new SnapshotId(Long.parseLong(snapshot)));
          }
        });
    return byBatch;
  }
}
