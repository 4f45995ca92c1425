package io.sluice.simulation;

import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.id.SnapshotId;
import io.sluice.simulation.lake.LakeReading;
import io.sluice.simulation.lake.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whoever is told which snapshots readers see: of each at least once, and of no other. */
public final class Listeners {
  private final Trace trace;
  private final Watch watch;
  private final Map<SnapshotId, SnapshotPublished> heard = new HashMap<>();

  Listeners(Trace trace, Watch watch) {
    this.trace = trace;
    this.watch = watch;
  }

  /** Takes a message. */
  public void hear(SnapshotPublished message) {
    SnapshotId snapshot = message.snapshot();
    trace.add("listeners hear of " + trace.name(snapshot));
    if (!watch.wasOnMain(snapshot)) {
      trace.violation("listeners hear of " + trace.name(snapshot) + ", which no reader ever saw");
    }
    SnapshotPublished before = heard.putIfAbsent(snapshot, message);
    if (before != null && !before.equals(message)) {
      trace.violation("listeners hear two things of " + trace.name(snapshot));
    }
  }

  /** Holds what was heard against what stands on main at the end. */
  void check(LakeReading lake) {
    List<Long> main = lake.main();
    for (LakeReading.Node node : lake.snapshots()) {
      if (main.contains(node.id()) && node.isOurs()) {
        SnapshotPublished message = heard.get(new SnapshotId(node.id()));
        if (message == null) {
          trace.violation("nobody hears of " + trace.name(node.id()) + ", which is on main");
        } else if (!message.batches().equals(node.content().accounts())) {
          trace.violation("listeners hear wrong counts of " + trace.name(node.id()));
        }
      }
    }
  }
}
