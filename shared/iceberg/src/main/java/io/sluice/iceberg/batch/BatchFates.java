package io.sluice.iceberg.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Where the batches of a table stand, as it was when this was made. */
final class BatchFates {
  private final Table table;
  private final Branches branches;
  private final Withheld withheld;
  private final Map<BatchId, Snapshot> commits = new HashMap<>();
  private final Map<Long, Instant> published = new HashMap<>();

  BatchFates(Table table) {
    this.table = table;
    this.branches = new Branches(table);
    this.withheld = Withheld.read(table.properties());
    for (Snapshot snapshot : branches.ancestry(branches.audit())) {
      Summaries.batches(snapshot).forEach(batch -> commits.put(batch, snapshot));
    }
    Map<Long, Instant> moves = new HashMap<>();
    for (HistoryEntry move : table.history()) {
      moves.putIfAbsent(move.snapshotId(), Instant.ofEpochMilli(move.timestampMillis()));
    }
    Instant since = Instant.EPOCH;
    for (Snapshot snapshot : branches.ancestry(branches.main())) {
      Summaries.batches(snapshot).forEach(batch -> commits.put(batch, snapshot));
      // main may pass a snapshot on its way to a later one, and names the later one alone.
      since = moves.getOrDefault(snapshot.snapshotId(), since);
      published.put(snapshot.snapshotId(), since);
    }
  }

  /** The snapshot on audit or main that holds {@code batch}. */
  Optional<Snapshot> commit(BatchId batch) {
    return Optional.ofNullable(commits.get(batch));
  }

  /** When main came to {@code snapshot}, or past it. */
  Optional<Instant> published(Snapshot snapshot) {
    return Optional.ofNullable(published.get(snapshot.snapshotId()));
  }

  /** The snapshot that {@code batch} left audit with, to wait for a decision. */
  Optional<SnapshotId> waiting(BatchId batch) {
    return Optional.ofNullable(withheld.waiting().get(batch));
  }

  /** The snapshot that {@code batch} left audit with for good. */
  Optional<SnapshotId> discarded(BatchId batch) {
    return Optional.ofNullable(withheld.discarded().get(batch));
  }

  /** The head of main. */
  OptionalLong main() {
    return branches.main();
  }

  /**
   * The manifests of batches on audit that main lacks, on main after {@code since}, and on the way
   * from main to {@code snapshot}.
   */
  Map<BatchId, ObjectName> changed(OptionalLong since, OptionalLong snapshot) {
    Map<BatchId, ObjectName> manifests = new TreeMap<>();
    Set<Long> done = new HashSet<>();
    since.ifPresent(done::add);
    walk(branches.main(), done, manifests);
    done.addAll(published.keySet());
    walk(branches.audit(), done, manifests);
    if (snapshot.isPresent() && table.snapshot(snapshot.getAsLong()) != null) {
      // Of a snapshot that is published, a message may come late: it is asked for by name.
      done.remove(snapshot.getAsLong());
      walk(snapshot, done, manifests);
    }
    return manifests;
  }

  private void walk(OptionalLong head, Set<Long> done, Map<BatchId, ObjectName> manifests) {
    for (Snapshot snapshot : branches.ancestry(head)) {
      if (!done.add(snapshot.snapshotId())) {
        return;
      }
      if (Summaries.isOurs(snapshot)) {
        manifests.putAll(Summaries.read(snapshot).manifests());
      }
    }
  }
}
