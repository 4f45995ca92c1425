package io.sluice.iceberg.read;

import io.sluice.contracts.wire.UnknownFieldsJson;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/** The snapshots of a table and where its branches stand, as of when it was loaded. */
public final class TableHistory {
  private final Table table;
  private final Branches branches;

  /** The history of {@code table}. */
  public TableHistory(Table table) {
    this.table = table;
    this.branches = new Branches(table);
  }

  /** Where a snapshot stands. */
  public enum Place {
    /** Readers see it, or saw it. */
    MAIN,
    /** Waits for its gates. */
    AUDIT,
    /** On no branch: a gate took it off, or a snapshot before it. */
    WITHDRAWN
  }

  /**
   * One snapshot.
   *
   * @param totalRows rows of the table as of this snapshot
   * @param content what Sluice wrote of it; without batches when somebody else made it
   * @param unknown how often its batches had fields that the contract does not know, by their paths
   */
  public record Entry(
      SnapshotId id,
      Instant committedAt,
      Place place,
      boolean isOurs,
      long totalRows,
      AuditSnapshot content,
      Map<String, Long> unknown) {}

  /** A branch's head and how many rows it has. */
  public record Head(SnapshotId snapshot, long rows) {}

  /** Every snapshot that the table still knows, oldest first. */
  public List<Entry> entries() {
    return StreamSupport.stream(table.snapshots().spliterator(), false)
        .sorted(Comparator.comparingLong(Snapshot::sequenceNumber))
        .map(this::entry)
        .toList();
  }

  /** Whether somebody else set main back before a snapshot that was published. */
  public boolean isReverted() {
    return branches.isReverted();
  }

  /** The batches that gates took off audit. */
  public Withheld withheld() {
    return Withheld.read(table.properties());
  }

  /** The head of main; empty before the first publication. */
  public Optional<Head> main() {
    return head(branches.main());
  }

  /** The head of audit; empty where no branch of that name is. */
  public Optional<Head> audit() {
    return table.refs().containsKey(Branches.AUDIT) ? head(branches.audit()) : Optional.empty();
  }

  private Optional<Head> head(OptionalLong snapshot) {
    return snapshot.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Head(
                new SnapshotId(snapshot.getAsLong()),
                totalRows(table.snapshot(snapshot.getAsLong()))));
  }

  private Entry entry(Snapshot snapshot) {
    return new Entry(
        new SnapshotId(snapshot.snapshotId()),
        Instant.ofEpochMilli(snapshot.timestampMillis()),
        place(snapshot.snapshotId()),
        Summaries.isOurs(snapshot),
        totalRows(snapshot),
        Summaries.read(snapshot),
        UnknownFieldsJson.read(snapshot.summary().getOrDefault(Summaries.UNKNOWN, "{}")));
  }

  private Place place(long snapshot) {
    if (branches.isIn(branches.main(), snapshot)) {
      return Place.MAIN;
    }
    return branches.isIn(branches.audit(), snapshot) ? Place.AUDIT : Place.WITHDRAWN;
  }

  private static long totalRows(Snapshot snapshot) {
    return number(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP)
        - number(snapshot, SnapshotSummary.TOTAL_POS_DELETES_PROP);
  }

  private static long number(Snapshot snapshot, String name) {
    return Long.parseLong(snapshot.summary().getOrDefault(name, "0"));
  }
}
