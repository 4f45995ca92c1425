package io.sluice.core.forward;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.QuarantineTable;
import java.util.List;

/** A table of rejected records that is another one, but for what is overridden. */
public class ForwardingQuarantineTable implements QuarantineTable {
  private final QuarantineTable whole;

  /** All of {@code whole}. */
  public ForwardingQuarantineTable(QuarantineTable whole) {
    this.whole = whole;
  }

  @Override
  public void keep(List<LandedBatch> batches) {
    whole.keep(batches);
  }

  @Override
  public void keepConflicts(
      SnapshotId snapshot, List<LandedBatch> batches, List<StoredFile> conflicts) {
    whole.keepConflicts(snapshot, batches, conflicts);
  }

  @Override
  public void settle(LandedBatch replay, List<StoredFile> conflicts) {
    whole.settle(replay, conflicts);
  }
}
