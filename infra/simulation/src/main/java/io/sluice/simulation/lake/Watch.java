package io.sluice.simulation.lake;

import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.simulation.Trace;
import io.sluice.simulation.fault.Coverage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the table at every commit, as a reader could at that moment: main is an ancestor of
 * audit but for what strangers did, all of it was judged and passed, no batch is on audit twice,
 * and none leaves it without a note.
 */
public final class Watch {
  private static final String REPLAY = "sluice.replay.";
  private static final int QUEUED = 5;

  private final Trace trace;
  private final Verdicts verdicts;
  private final Stranger stranger;
  private final Coverage coverage;
  private final Set<Long> published = new HashSet<>();
  private List<Snapshot> audit = List.of();
  private List<Snapshot> main = List.of();

  /** How many snapshots of audit main lacked when audit grew last. */
  private int queued;

  /** Holds main against {@code verdicts}, and against what {@code stranger} did to it. */
  public Watch(Trace trace, Verdicts verdicts, Stranger stranger, Coverage coverage) {
    this.coverage = coverage;
    this.trace = trace;
    this.verdicts = verdicts;
    this.stranger = stranger;
  }

  /** The table is now as {@code metadata} say. */
  public void look(TableMetadata metadata) {
    List<Snapshot> newMain = ancestry(metadata, Branches.MAIN);
    List<Snapshot> newAudit =
        metadata.ref(Branches.AUDIT) == null ? newMain : ancestry(metadata, Branches.AUDIT);
    note(newAudit, newMain);
    requireAncestor(newAudit, newMain);
    requireJudged(newMain);
    requireOnce(newAudit);
    if (stranger.hasReverted() && newMain.size() > main.size()) {
      trace.violation("main moves on although somebody set it back");
    }
    requireNoted(newAudit, metadata.properties());
    count(newAudit, newMain);
    audit = newAudit;
    main = newMain;
    published.addAll(ids(newMain));
  }

  /** Whether readers saw {@code snapshot} at any time. */
  public boolean wasOnMain(SnapshotId snapshot) {
    return published.contains(snapshot.value());
  }

  /** Finds out whether a snapshot leaves audit in the middle of others. */
  private void count(List<Snapshot> newAudit, List<Snapshot> newMain) {
    int left = audit.size() - newAudit.size();
    if (left < 0) {
      Set<Long> awaiting = ids(newAudit);
      awaiting.removeAll(ids(newMain));
      queued = awaiting.size();
    } else if (left > 1 && queued >= QUEUED && left < queued && newMain.equals(main)) {
      coverage.saw("quarantined in the middle of five snapshots or more");
    }
  }

  private void note(List<Snapshot> newAudit, List<Snapshot> newMain) {
    StringBuilder line = new StringBuilder("commit: audit ");
    line.append(head(newAudit)).append(", main ").append(head(newMain));
    if (!newAudit.isEmpty() && !newAudit.equals(audit)) {
      Set<String> batches = new LinkedHashSet<>();
      Summaries.batches(newAudit.getFirst()).forEach(batch -> batches.add(batch.value()));
      line.append(' ').append(trace.named(batches.toString()));
    }
    trace.add(line.toString());
  }

  private String head(List<Snapshot> branch) {
    return branch.isEmpty() ? "-" : trace.name(branch.getFirst().snapshotId());
  }

  private void requireAncestor(List<Snapshot> newAudit, List<Snapshot> newMain) {
    Set<Long> audited = ids(newAudit);
    for (Snapshot each : newMain) {
      if (Summaries.isOurs(each) && !audited.contains(each.snapshotId())) {
        trace.violation("main holds " + trace.name(each.snapshotId()) + ", and audit does not");
      }
    }
  }

  private void requireJudged(List<Snapshot> newMain) {
    Set<Long> known = ids(main);
    for (Snapshot each : newMain) {
      if (Summaries.isOurs(each) && !known.contains(each.snapshotId())) {
        GateOutcome outcome =
            verdicts.find(new SnapshotId(each.snapshotId())).map(GateVerdict::outcome).orElse(null);
        if (outcome != GateOutcome.PUBLISHED) {
          String name = trace.name(each.snapshotId());
          trace.violation(name + " is on main, and its verdict is " + outcome);
        }
      }
    }
  }

  private void requireOnce(List<Snapshot> newAudit) {
    Set<BatchId> seen = new LinkedHashSet<>();
    for (Snapshot each : newAudit) {
      for (BatchId batch : Summaries.batches(each)) {
        if (!seen.add(batch)) {
          trace.violation("batch " + batch + " is on audit twice");
        }
      }
    }
  }

  private void requireNoted(List<Snapshot> newAudit, Map<String, String> properties) {
    Set<BatchId> left = batches(audit);
    left.removeAll(batches(newAudit));
    Withheld withheld = Withheld.read(properties);
    for (BatchId batch : batches(newAudit)) {
      if (withheld.waiting().containsKey(batch) || withheld.discarded().containsKey(batch)) {
        trace.violation("batch " + batch + " is on audit, and nobody released it");
      }
    }
    for (BatchId batch : left) {
      boolean isNoted =
          withheld.waiting().containsKey(batch)
              || properties.entrySet().stream()
                  .anyMatch(
                      each ->
                          each.getKey().startsWith(REPLAY)
                              && each.getValue().contains(batch.value()));
      if (!isNoted) {
        trace.violation("batch " + batch + " left audit, and nothing says so");
      }
    }
  }

  private static Set<BatchId> batches(List<Snapshot> branch) {
    Set<BatchId> batches = new LinkedHashSet<>();
    branch.forEach(each -> batches.addAll(Summaries.batches(each)));
    return batches;
  }

  private static Set<Long> ids(List<Snapshot> branch) {
    Set<Long> ids = new LinkedHashSet<>();
    branch.forEach(each -> ids.add(each.snapshotId()));
    return ids;
  }

  /** The snapshots of a branch, newest first. */
  static List<Snapshot> ancestry(TableMetadata metadata, String branch) {
    List<Snapshot> ancestry = new ArrayList<>();
    SnapshotRef ref = metadata.ref(branch);
    @Nullable Snapshot next = ref == null ? null : metadata.snapshot(ref.snapshotId());
    while (next != null) {
      ancestry.add(next);
      Long parent = next.parentId();
      next = parent == null ? null : metadata.snapshot(parent);
    }
    return ancestry;
  }
}
