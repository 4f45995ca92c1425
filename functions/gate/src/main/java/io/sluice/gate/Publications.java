package io.sluice.gate;

import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of every snapshot that readers see, oldest first and at least once. What was told is noted
 * in the lake, after it was told; so whatever main has that is not noted is still to be told,
 * whoever died before, and whichever message gate looks at. Nothing is told of a snapshot without a
 * verdict: somebody else moved main there.
 */
public final class Publications {
  /** How many snapshots of main are looked at first; twice as many each time that is too few. */
  private static final int FIRST_LOOK = 4;

  private final PipelineName pipeline;
  private final AuditedTable table;
  private final VerdictLog log;
  private final Announcer<SnapshotPublished> listeners;

  /** The publications of {@code table}, told to {@code listeners}. */
  public Publications(
      PipelineName pipeline,
      AuditedTable table,
      VerdictLog log,
      Announcer<SnapshotPublished> listeners) {
    this.pipeline = pipeline;
    this.table = table;
    this.log = log;
    this.listeners = listeners;
  }

  /** Tells what is still to be told. */
  public void announce() {
    for (AuditSnapshot snapshot : untold().reversed()) {
      log.find(snapshot.id()).ifPresent(verdict -> announce(snapshot, verdict));
    }
  }

  private void announce(AuditSnapshot snapshot, GateVerdict verdict) {
    SnapshotPublished message =
        new SnapshotPublished(
            pipeline, snapshot.id(), verdict.judgedAt(), verdict.score(), snapshot.accounts());
    listeners.announce(message);
    log.keep(message);
  }

  /** The newest snapshots of main up to the first of which is noted that it was told. */
  private List<AuditSnapshot> untold() {
    for (int most = FIRST_LOOK; ; most *= 2) {
      List<AuditSnapshot> newest = table.published(most);
      List<AuditSnapshot> untold = new ArrayList<>();
      for (AuditSnapshot each : newest) {
        if (log.isAnnounced(each.id())) {
          return untold;
        }
        untold.add(each);
      }
      if (newest.size() < most) {
        return untold;
      }
    }
  }
}
