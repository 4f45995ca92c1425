package io.sluice.core.port;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What can be measured of a snapshot. */
  SnapshotMeasures measures();

  /**
   * Tags {@code snapshot} and moves main to the tag, in one commit. Does nothing when main is there
   * or beyond.
   *
   * @throws io.sluice.core.failure.ConfigurationFailure when main is no ancestor of the snapshot
   * @throws io.sluice.core.failure.TransientFailure when main was set back
   */
  void publish(SnapshotId snapshot);

  /**
   * Takes {@code snapshot} and all after it off audit, in one commit with the note that its own
   * batches are withheld and those of the others must be curated again. Doing it again changes
   * nothing.
   */
  void withdraw(SnapshotId snapshot);

  /**
   * Sets audit to main, which somebody else has moved, in one commit with the note that the batches
   * that main lacks must be curated again. Does nothing while audit stands on what main has, or
   * main was set back before what was published.
   */
  void rebase();

  /**
   * The batches that are still to be curated again because {@code snapshot}, or one before it, was
   * withdrawn for its own sake or left audit with {@link #rebase}.
   */
  List<BatchLanded> replays(SnapshotId snapshot);

  /** The batches that left audit with {@code snapshot} for its own sake, and are not settled. */
  Set<BatchId> withheld(SnapshotId snapshot);

  /**
   * Lets the batches among {@code batches} that are withheld with {@code snapshot} be curated
   * again, or notes that they never are, in one commit. Doing it again changes nothing.
   */
  void settle(SnapshotId snapshot, Set<BatchId> batches, Settlement.Way way);

  /** The snapshot that {@code batch} left audit with before it was released. */
  Optional<SnapshotId> releasedFrom(BatchId batch);

  /** The batches released from {@code snapshot} that are not back on audit yet. */
  List<BatchLanded> releases(SnapshotId snapshot);

  /** Where a snapshot stands. */
  enum Standing {
    /** main is there or beyond. */
    PUBLISHED,
    /** On audit, not on main. */
    AUDITED,
    /** Taken off audit by {@link #withdraw} for its own sake. */
    QUARANTINED,
    /**
     * On audit, which main was moved away from: somebody else committed to main, or took back what
     * he had committed there.
     */
    STRANDED,
    /** On audit, and main was set back before a snapshot that was published already. */
    REVERTED,
    /** On neither: it left audit with one before it, or was never there. */
    WITHDRAWN
  }

  /** How the batches of a snapshot came to be curated. */
  enum Origin {
    /** They arrived. */
    LIVE,
    /** Somebody released them from quarantine. */
    RELEASED,
    /** A backfill replayed them. */
    BACKFILLED
  }

  /**
   * One snapshot as its summary describes it.
   *
   * @param accounts what became of each batch
   * @param manifests where each batch's manifest is
   * @param addedRows by how many rows, as Iceberg counts them, it makes the table grow; a row that
   *     is kept though it is deleted is none, and all that one truncation deletes are one
   * @param contract the fingerprint of the contract that it was made under; empty if unknown
   * @param origin how its batches came
   */
  record AuditSnapshot(
      SnapshotId id,
      Map<BatchId, BatchAccount> accounts,
      Map<BatchId, ObjectName> manifests,
      long addedRows,
      String contract,
      Origin origin) {
    /** Copies the maps. */
    public AuditSnapshot {
      accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
      manifests = Collections.unmodifiableMap(new TreeMap<>(manifests));
    }
  }
}
