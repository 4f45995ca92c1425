package io.sluice.core.port;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.SnapshotId;
import java.util.List;

/**
 * The table of a pipeline's rejected records, as curate needs it. Every method may be called again
 * with the same batches: what was done is not done twice.
 */
public interface QuarantineTable {
  /**
   * Takes the rejected records of {@code batches} in, each once.
   *
   * @throws io.sluice.core.failure.InvalidMessage when a quarantine file does not hold what its
   *     manifest says
   * @throws io.sluice.core.failure.UnknownOutcome when they may or may not be there
   */
  void keep(List<LandedBatch> batches);

  /**
   * Takes in the records of {@code batches} that the merge of {@code snapshot} refused, each once.
   * What it refused of a replay is no new record. What an earlier snapshot refused and this one
   * accepted is called replayed.
   *
   * @param conflicts the files that hold them, those of other batches too
   * @throws io.sluice.core.failure.UnknownOutcome when they may or may not be there
   */
  void keepConflicts(SnapshotId snapshot, List<LandedBatch> batches, List<StoredFile> conflicts);

  /**
   * Notes what became of the records that {@code replay} put through the pipeline again: accepted
   * ones are replayed, the others still bad, with their new errors.
   *
   * @param conflicts the files that hold what the merge refused of the accepted ones
   * @throws io.sluice.core.failure.UnknownOutcome when it may or may not be noted
   */
  void settle(LandedBatch replay, List<StoredFile> conflicts);
}
