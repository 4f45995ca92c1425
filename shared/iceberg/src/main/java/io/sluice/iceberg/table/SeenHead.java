package io.sluice.iceberg.table;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.AuditHead;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Snapshot;

/**
 * Audit as it was seen: its snapshots, the newest first, and which batches are kept from it.
 *
 * @param ancestry from the head to the first snapshot; empty where there is none
 */
record SeenHead(List<Snapshot> ancestry, Withheld withheld) implements AuditHead {
  /** The head. */
  OptionalLong snapshot() {
    return ancestry.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(ancestry.getFirst().snapshotId());
  }

  @Override
  public Optional<SnapshotId> commitOf(BatchId batch) {
    return ancestry.stream()
        .filter(snapshot -> snapshot.summary().containsKey(Summaries.batchKey(batch)))
        .map(snapshot -> new SnapshotId(snapshot.snapshotId()))
        .findFirst();
  }

  @Override
  public boolean isWithheld(BatchId batch) {
    return withheld.holdsAny(Set.of(batch));
  }

  @Override
  public Optional<SnapshotId> releasedFrom(BatchId batch) {
    return Optional.ofNullable(withheld.released().get(batch));
  }
}
