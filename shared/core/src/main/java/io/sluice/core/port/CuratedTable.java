package io.sluice.core.port;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit branch of a table, as curate needs it: look, stage on what was seen, commit on exactly
 * that or not at all.
 */
public interface CuratedTable {
  /** The audit branch as it stands now, read afresh. */
  AuditHead head();

  /**
   * Merges batches that are not in {@code head} into files that nobody sees yet. The same batches
   * on the same head make the same files under the same names.
   *
   * @throws io.sluice.core.failure.InvalidMessage when a raw file does not hold what its manifest
   *     says
   */
  StagedMerge stage(AuditHead head, List<LandedBatch> batches);

  /**
   * Commits as one snapshot, if audit still is where it was when the merge was staged.
   *
   * @throws io.sluice.core.failure.UnknownOutcome when the snapshot may or may not be there;
   *     nothing was deleted
   */
  CommitOutcome commit(StagedMerge merge);

  /**
   * The files with the records that the merge of {@code snapshot} refused for another content,
   * where the pipeline puts them into quarantine.
   */
  List<StoredFile> conflicts(SnapshotId snapshot);

  /** What was seen of the branch. */
  interface AuditHead {
    /** The snapshot in the branch's ancestry that holds {@code batch}. */
    Optional<SnapshotId> commitOf(BatchId batch);

    /** Whether a gate took {@code batch} off the branch, to wait for a decision. */
    boolean isWithheld(BatchId batch);

    /**
     * The snapshot that a gate took {@code batch} off the branch with, if somebody released it: it
     * goes into a snapshot of its own kind, for which other gates hold.
     */
    Optional<SnapshotId> releasedFrom(BatchId batch);
  }

  /** Files that are written, and what became of each batch's records in them. */
  interface StagedMerge {
    /** The accounts of the batches. */
    Map<BatchId, BatchAccount> accounts();
  }

  /** How a commit went. */
  sealed interface CommitOutcome {
    /** It is the branch's head. */
    record Committed(SnapshotId snapshot) implements CommitOutcome {}

    /** Somebody else committed first: look again. */
    record HeadMoved() implements CommitOutcome {}
  }
}
