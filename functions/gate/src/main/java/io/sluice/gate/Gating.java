package io.sluice.gate;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.verdict.Gated;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges what main lacks on the way to a snapshot, oldest first, and moves main as far as
 * everything passed. So a snapshot is published only if each one before it was, whatever order the
 * messages come in, and nothing but the table and the verdicts in the lake has to be remembered.
 */
public final class Gating {
  private final AuditedTable table;
  private final Rules rules;
  private final VerdictLog log;
  private final Announcer<BatchLanded> curate;

  /**
   * Gating of the pipeline of {@code table}.
   *
   * @param curate where batches go that must be curated again because a snapshot before theirs was
   *     taken off audit
   */
  public Gating(AuditedTable table, Rules rules, VerdictLog log, Announcer<BatchLanded> curate) {
    this.table = table;
    this.rules = rules;
    this.log = log;
    this.curate = curate;
  }

  /** The verdict on {@code snapshot}, and on those before it that have none yet. */
  public Gated gate(SnapshotId snapshot) {
    return switch (table.standing(snapshot)) {
      case PUBLISHED -> new Gated.Published(snapshot, List.of());
      case AUDITED -> judge(snapshot);
      case QUARANTINED, WITHDRAWN -> {
        replay(snapshot);
        yield new Gated.Withdrawn(snapshot);
      }
    };
  }

  private Gated judge(SnapshotId snapshot) {
    List<GateVerdict> verdicts = new ArrayList<>();
    for (AuditSnapshot awaiting : table.awaiting(snapshot)) {
      GateVerdict verdict = verdictOn(awaiting);
      switch (verdict.outcome()) {
        case PUBLISHED -> {
          table.publish(awaiting.id());
          verdicts.add(verdict);
        }
        case QUARANTINED -> {
          table.withdraw(awaiting.id());
          replay(awaiting.id());
          return new Gated.Quarantined(verdict);
        }
        case HALTED -> {
          return new Gated.Halted(verdict);
        }
      }
    }
    return new Gated.Published(snapshot, verdicts);
  }

  private GateVerdict verdictOn(AuditSnapshot snapshot) {
    return log.find(snapshot.id()).orElseGet(() -> log.keep(snapshot.id(), rules.judge(snapshot)));
  }

  /**
   * Hands the batches that left audit with or before {@code snapshot} to curate again, until they
   * are back: whoever withdrew them may have died before the last of them was announced.
   */
  private void replay(SnapshotId snapshot) {
    table.replays(snapshot).forEach(curate::announce);
  }
}
