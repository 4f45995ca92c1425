package io.sluice.core.port;

import io.sluice.core.batch.LandedBatch;
import java.util.List;

/**
 * The table of a pipeline's rejected records, as curate needs it. Both methods may be called again
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
   * Notes what became of the records that {@code replay} put through the pipeline again: accepted
   * ones are replayed, the others still bad, with their new errors.
   *
   * @throws io.sluice.core.failure.UnknownOutcome when it may or may not be noted
   */
  void settle(LandedBatch replay);
}
