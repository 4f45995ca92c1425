package io.sluice.core.port;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Audit and main of a table, as gate needs them. Every method reads afresh. */
public interface AuditedTable {
  /** Where {@code snapshot} stands. */
  Standing standing(SnapshotId snapshot);

  /**
   * The snapshots that main lacks on the way to {@code snapshot}, which is on audit: oldest first,
   * itself last.
   */
  List<AuditSnapshot> awaiting(SnapshotId snapshot);

  /** The newest snapshots of main, newest first, {@code most} of them at the most. */
  List<AuditSnapshot> published(int most);

  /**
   * The share of rows added by {@code snapshot} in which {@code field} is null, 0 where it adds
   * none.
   */
  Measurement nullRate(SnapshotId snapshot, FieldPath field);

  /**
   * Tags {@code snapshot} and moves main to the tag, in one commit. Does nothing when main is there
   * or beyond.
   *
   * @throws io.sluice.core.failure.ConfigurationFailure when main is no ancestor of the snapshot
   */
  void publish(SnapshotId snapshot);

  /**
   * Takes {@code snapshot} and all after it off audit, in one commit with the note that its own
   * batches are withheld and those of the others must be curated again. Doing it again changes
   * nothing.
   */
  void withdraw(SnapshotId snapshot);

  /**
   * The batches that are still to be curated again because {@code snapshot}, or one before it, was
   * withdrawn for its own sake.
   */
  List<BatchLanded> replays(SnapshotId snapshot);

  /** Where a snapshot stands. */
  enum Standing {
    /** main is there or beyond. */
    PUBLISHED,
    /** On audit, not on main. */
    AUDITED,
    /** Taken off audit by {@link #withdraw} for its own sake. */
    QUARANTINED,
    /** On neither: it left audit with one before it, or was never there. */
    WITHDRAWN
  }

  /**
   * One snapshot as its summary describes it.
   *
   * @param accounts what became of each batch
   * @param manifests where each batch's manifest is
   * @param addedRows by how many rows, as Iceberg counts them, it makes the table grow; a row that
   *     is kept though it is deleted is none, and all that one truncation deletes are one
   */
  record AuditSnapshot(
      SnapshotId id,
      Map<BatchId, BatchAccount> accounts,
      Map<BatchId, ObjectName> manifests,
      long addedRows) {
    /** Copies the maps. */
    public AuditSnapshot {
      accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
      manifests = Collections.unmodifiableMap(new TreeMap<>(manifests));
    }
  }
}
