package io.sluice.core.port;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.id.SnapshotId;
import java.util.List;

/**
 * The table of a pipeline's batches: an index of what manifests, snapshots and verdicts say, from
 * which nothing is ever decided. A row is made of these alone, so each method may be called again,
 * by anybody, at any time.
 */
public interface BatchTable {
  /**
   * Brings up to date the rows of the batches of {@code snapshot}, on audit or not, and of all
   * others that have come to audit or main since this was last done.
   *
   * @throws io.sluice.core.failure.UnknownOutcome when the rows may or may not be there
   */
  void index(SnapshotId snapshot);

  /**
   * Brings up to date the rows of {@code batches}, which may be in no snapshot.
   *
   * @throws io.sluice.core.failure.UnknownOutcome when the rows may or may not be there
   */
  void index(List<LandedBatch> batches);
}
