package io.sluice.core.forward;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable;
import java.util.List;

/** A table as curate has it that is another one, but for what is overridden. */
public class ForwardingCuratedTable implements CuratedTable {
  private final CuratedTable whole;

  /** All of {@code whole}. */
  public ForwardingCuratedTable(CuratedTable whole) {
    this.whole = whole;
  }

  @Override
  public AuditHead head() {
    return whole.head();
  }

  @Override
  public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
    return whole.stage(head, batches);
  }

  @Override
  public CommitOutcome commit(StagedMerge merge) {
    return whole.commit(merge);
  }

  @Override
  public List<StoredFile> conflicts(SnapshotId snapshot) {
    return whole.conflicts(snapshot);
  }
}
