package io.sluice.iceberg.quarantine;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.merge.RawRows;
import io.sluice.iceberg.merge.RowFiles;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Takes in the records of batches that the merge of one snapshot refused. A batch may have been in
 * a snapshot before that left audit: what was refused there and is refused no more was accepted
 * with its batch, and is called replayed by it.
 */
final class ConflictRows {
  private final Table table;
  private final RawRows rows;
  private final SnapshotId snapshot;
  private final Map<String, LandedBatch> batches;
  private final List<StoredFile> files;

  /**
   * The conflicts of {@code batches}, by their ids, in {@code snapshot}.
   *
   * @param files which hold them, beside those of other batches
   */
  ConflictRows(
      Table table, SnapshotId snapshot, Map<String, LandedBatch> batches, List<StoredFile> files) {
    this.table = table;
    this.rows = new RawRows(table.io(), QuarantineRow.SCHEMA);
    this.snapshot = snapshot;
    this.batches = Map.copyOf(batches);
    this.files = List.copyOf(files);
  }

  /** The batches whose conflicts the table does not have yet. */
  private Set<String> open(List<Snapshot> ancestry) {
    return batches.keySet().stream()
        .filter(batch -> !last(ancestry, batch).equals(snapshot.toString()))
        .collect(toSet());
  }

  /** The snapshot whose conflicts of {@code batch} the table has; empty where it has none. */
  private static String last(List<Snapshot> ancestry, String batch) {
    String key = Summaries.conflictsKey(new BatchId(batch));
    return ancestry.stream()
        .map(Snapshot::summary)
        .filter(summary -> summary.containsKey(key))
        .findFirst()
        .map(summary -> summary.getOrDefault(key, ""))
        .orElse("");
  }

  /** What was refused before and stands otherwise now; nothing when no batch was here before. */
  Optional<RowChange> changed(List<Snapshot> ancestry) throws IOException {
    Map<String, LandedBatch> before = new HashMap<>(batches);
    Set<String> open = open(ancestry);
    before.keySet().removeIf(batch -> !open.contains(batch) || last(ancestry, batch).isEmpty());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Set<String> rejected = new HashSet<>();
    for (LandedBatch batch : before.values()) {
      rejected.addAll(ids(batch.manifest().quarantine(), before.keySet()));
    }
    return Optional.of(new Standing(snapshot, before, rejected, ids(files, before.keySet())));
  }

  /** The records that the table lacks; nothing when it has them all. */
  Optional<AppendFiles> added(List<Snapshot> ancestry, OptionalLong head) throws IOException {
    Set<String> open = open(ancestry);
    boolean isAgain = open.stream().anyMatch(batch -> !last(ancestry, batch).isEmpty());
    if (open.isEmpty() || (files.isEmpty() && !isAgain)) {
      return Optional.empty();
    }
    Set<String> there = isAgain ? there(open) : Set.of();
    AppendFiles append = table.newAppend();
    open.forEach(
        batch -> append.set(Summaries.conflictsKey(new BatchId(batch)), snapshot.toString()));
    String change = snapshot + open.stream().sorted().collect(joining());
    long most = files.stream().mapToLong(StoredFile::rows).sum();
    try (RowFiles added = new RowFiles(table, IcebergQuarantine.operation(change, head), most)) {
      for (StoredFile file : files) {
        try (CloseableIterable<Record> records = rows.read(file, QuarantineRow.SCHEMA)) {
          for (Record record : records) {
            if (open.contains(QuarantineRow.batch(record))
                && !there.contains(QuarantineRow.id(record))) {
              added.add(record);
            }
          }
        } catch (NotFoundException e) {
          throw new InvalidMessage("File of conflicts does not exist: " + file.name(), e);
        }
      }
      added.finish().forEach(append::appendFile);
    }
    return Optional.of(append);
  }

  private Set<String> ids(List<StoredFile> files, Set<String> wanted) throws IOException {
    Set<String> ids = new HashSet<>();
    for (StoredFile file : files) {
      try (CloseableIterable<Record> records =
          rows.read(file, QuarantineRow.SCHEMA.select(QuarantineShape.ID, QuarantineShape.BATCH))) {
        for (Record record : records) {
          if (wanted.contains(QuarantineRow.batch(record))) {
            ids.add(QuarantineRow.id(record));
          }
        }
      }
    }
    return ids;
  }

  private Set<String> there(Set<String> open) throws IOException {
    Set<String> there = new HashSet<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table)
            .select(QuarantineShape.ID, QuarantineShape.BATCH)
            .where(Expressions.in(QuarantineShape.BATCH, open))
            .build()) {
      records.forEach(record -> there.add(QuarantineRow.id(record)));
    }
    return there;
  }

  /**
   * How records that were refused before stand by the latest snapshot of their batch.
   *
   * @param rejected records that land rejected, which no snapshot is about
   * @param refused records that are refused again
   */
  private record Standing(
      SnapshotId snapshot,
      Map<String, LandedBatch> again,
      Set<String> rejected,
      Set<String> refused)
      implements RowChange {
    @Override
    public Set<String> batches() {
      return again.keySet();
    }

    @Override
    public boolean concerns(Record row) {
      if (!again.containsKey(QuarantineRow.batch(row))
          || rejected.contains(QuarantineRow.id(row))) {
        return false;
      }
      QuarantineStatus status = QuarantineRow.status(row);
      return refused.contains(QuarantineRow.id(row))
          ? status == QuarantineStatus.REPLAYED
              && QuarantineRow.batch(row).equals(row.getField(QuarantineShape.REPLAY))
          : status.isUnsettled();
    }

    @Override
    public void apply(Record row) {
      boolean isRefused = refused.contains(QuarantineRow.id(row));
      QuarantineStatus status = isRefused ? QuarantineStatus.OPEN : QuarantineStatus.REPLAYED;
      row.setField(QuarantineShape.STATUS, status.word());
      LandedBatch batch = again.get(QuarantineRow.batch(row));
      if (batch != null) {
        row.setField(
            QuarantineShape.STATUS_AT, batch.manifest().landedAt().atOffset(ZoneOffset.UTC));
      }
      row.setField(QuarantineShape.REPLAY, isRefused ? null : QuarantineRow.batch(row));
    }

    @Override
    public String summaryKey() {
      return "sluice.conflicts-settled";
    }

    @Override
    public String summaryValue() {
      return snapshot + " " + again.keySet().stream().sorted().collect(joining(" "));
    }
  }
}
