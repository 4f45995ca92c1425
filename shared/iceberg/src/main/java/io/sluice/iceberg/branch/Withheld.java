package io.sluice.iceberg.branch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The batches that gates took off audit, as the properties of a table name them: each with the
 * snapshot that it left with, and behind a space with its manifest, because an engine may expire
 * the snapshot.
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

  /** The property of a batch that left audit with {@code snapshot}. */
  public static String text(SnapshotId snapshot, ObjectName manifest) {
    return snapshot + " " + manifest;
  }

  /** Where the manifest of a batch is whose property is {@code text}, if that says so. */
  public static Optional<ObjectName> manifest(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? Optional.empty() : Optional.of(ObjectName.parse(text.substring(space + 1)));
  }

  /** Whether any of {@code batches} waits for a decision, or was discarded. */
  public boolean holdsAny(Set<BatchId> batches) {
    return batches.stream()
        .anyMatch(batch -> waiting.containsKey(batch) || discarded.containsKey(batch));
  }

  private static Map<BatchId, SnapshotId> byBatch(Map<String, String> properties, String prefix) {
    Map<BatchId, SnapshotId> byBatch = new TreeMap<>();
    properties.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            byBatch.put(
                new BatchId(name.substring(prefix.length())),
                new SnapshotId(Long.parseLong(text.split(" ", 2)[0])));
          }
        });
    return byBatch;
  }
}
