package io.sluice.core.forward;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.SnapshotMeasures;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A table as gate has it that is another one, but for what is overridden. */
public class ForwardingAuditedTable implements AuditedTable {
  private final AuditedTable whole;

  /** All of {@code whole}. */
  public ForwardingAuditedTable(AuditedTable whole) {
    this.whole = whole;
  }

  @Override
  public Standing standing(SnapshotId snapshot) {
    return whole.standing(snapshot);
  }

  @Override
  public List<AuditSnapshot> awaiting(SnapshotId snapshot) {
    return whole.awaiting(snapshot);
  }

  @Override
  public List<AuditSnapshot> published(int most) {
    return whole.published(most);
  }

  @Override
  public SnapshotMeasures measures() {
    return whole.measures();
  }

  @Override
  public void publish(SnapshotId snapshot) {
    whole.publish(snapshot);
  }

  @Override
  public void withdraw(SnapshotId snapshot) {
    whole.withdraw(snapshot);
  }

  @Override
  public void rebase() {
    whole.rebase();
  }

  @Override
  public List<BatchLanded> replays(SnapshotId snapshot) {
    return whole.replays(snapshot);
  }

  @Override
  public Set<BatchId> withheld(SnapshotId snapshot) {
    return whole.withheld(snapshot);
  }

  @Override
  public void settle(SnapshotId snapshot, Set<BatchId> batches, Settlement.Way way) {
    whole.settle(snapshot, batches, way);
  }

  @Override
  public Optional<SnapshotId> releasedFrom(BatchId batch) {
    return whole.releasedFrom(batch);
  }

  @Override
  public List<BatchLanded> releases(SnapshotId snapshot) {
    return whole.releases(snapshot);
  }
}
