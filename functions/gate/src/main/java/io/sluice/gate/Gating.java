package io.sluice.gate;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.verdict.Gated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

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
  private final Consumer<SnapshotId> afterwards;
  private final Overrides overrides;

  /**
   * Gating of the pipeline of {@code table}.
   *
   * @param curate where batches go that must be curated again because a snapshot before theirs was
   *     taken off audit
   * @param afterwards what is done once a snapshot was looked at, whatever came of it; a message
   *     that comes again does it again
   */
  public Gating(
      AuditedTable table,
      Rules rules,
      VerdictLog log,
      Announcer<BatchLanded> curate,
      Consumer<SnapshotId> afterwards) {
    this.table = table;
    this.rules = rules;
    this.log = log;
    this.curate = curate;
    this.afterwards = afterwards;
    this.overrides = new Overrides(table, log);
  }

  /** The verdict on {@code snapshot}, and on those before it that have none yet. */
  public Gated gate(SnapshotId snapshot) {
    return gate(snapshot, this::verdictOn);
  }

  /**
   * Judges what is held again, up to the snapshot that the request names, and publishes what
   * passes. A gate that the request accepts does not stop anything up to there.
   */
  public Gated resume(GateRequest.Resume request) {
    return gate(request.snapshot(), each -> judgedAgain(each, request));
  }

  private Gated gate(SnapshotId snapshot, Function<AuditSnapshot, GateVerdict> judge) {
    Gated verdict = look(snapshot, judge);
    afterwards.accept(snapshot);
    return verdict;
  }

  private Gated look(SnapshotId snapshot, Function<AuditSnapshot, GateVerdict> judge) {
    return switch (table.standing(snapshot)) {
      case PUBLISHED -> new Gated.Published(snapshot, List.of());
      case AUDITED -> judge(snapshot, judge);
      case STRANDED -> {
        table.rebase();
        replay(snapshot);
        requireOffAudit(snapshot);
        yield new Gated.Rebased(snapshot);
      }
      case REVERTED -> new Gated.Blocked(snapshot);
      case QUARANTINED, WITHDRAWN -> {
        replay(snapshot);
        yield new Gated.Withdrawn(snapshot);
      }
    };
  }

  /** Who moves main again while audit is moved leaves a snapshot there that nobody judged. */
  private void requireOffAudit(SnapshotId snapshot) {
    switch (table.standing(snapshot)) {
      case PUBLISHED, QUARANTINED, WITHDRAWN -> {}
      case AUDITED, STRANDED, REVERTED ->
          throw new TransientFailure(
              "Cannot move snapshot " + snapshot + " off audit: main was moved again meanwhile");
    }
  }

  /**
   * Releases or discards batches that were quarantined. The decision is kept first, then the table
   * lets them go, then they are announced: whoever dies between, the same request finishes it.
   *
   * @throws InvalidMessage when one of them is not withheld, or was settled in the other way
   */
  public Gated settle(GateRequest.Settle request) {
    Set<BatchId> waiting = table.withheld(request.snapshot());
    List<Settlement> settlements = new ArrayList<>();
    for (BatchId batch : request.batches()) {
      if (!waiting.contains(batch) && log.settlement(request.snapshot(), batch).isEmpty()) {
        throw new InvalidMessage(
            "Cannot " + request.way().word() + " batch " + batch + ": it is not withheld");
      }
      Settlement kept =
          log.keep(new Settlement(request.snapshot(), batch, request.way(), request.decision()));
      if (kept.way() != request.way()) {
        throw new InvalidMessage(
            "Cannot %s batch %s: %s decided to %s it"
                .formatted(request.way().word(), batch, kept.decision().by(), kept.way().word()));
      }
      settlements.add(kept);
    }
    table.settle(request.snapshot(), request.batches(), request.way());
    table.releases(request.snapshot()).forEach(curate::announce);
    afterwards.accept(request.snapshot());
    return new Gated.Settled(request.way(), settlements);
  }

  private Gated judge(SnapshotId snapshot, Function<AuditSnapshot, GateVerdict> judge) {
    List<GateVerdict> verdicts = new ArrayList<>();
    for (AuditSnapshot awaiting : table.awaiting(snapshot)) {
      GateVerdict verdict = judge.apply(awaiting);
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
    return log.find(snapshot.id()).orElseGet(() -> log.keep(snapshot.id(), 1, judged(snapshot)));
  }

  /**
   * A new verdict where the standing one halts, or none stands. What was accepted of this snapshot
   * before stays accepted.
   */
  private GateVerdict judgedAgain(AuditSnapshot snapshot, GateRequest.Resume request) {
    Optional<GateVerdict> standing = log.find(snapshot.id());
    if (standing.isPresent() && standing.get().outcome() != GateOutcome.HALTED) {
      return standing.get();
    }
    Map<String, Decision> accepted = new TreeMap<>();
    request.accepted().forEach(name -> accepted.put(name, request.decision()));
    standing.map(GateVerdict::accepted).ifPresent(accepted::putAll);
    List<GateResult> results =
        judged(snapshot).stream().map(result -> accept(result, accepted)).toList();
    return log.keep(snapshot.id(), standing.map(GateVerdict::judgement).orElse(0) + 1, results);
  }

  private static GateResult accept(GateResult result, Map<String, Decision> accepted) {
    Decision decision = accepted.get(result.terms().name());
    return decision == null || !result.failed() ? result : result.accepted(decision);
  }

  private List<GateResult> judged(AuditSnapshot snapshot) {
    List<GateResult> results = rules.judge(snapshot, log.now());
    return switch (snapshot.origin()) {
      case LIVE, BACKFILLED -> results;
      case RELEASED -> overrides.apply(snapshot, results);
    };
  }

  /**
   * Hands the batches that left audit with or before {@code snapshot} to curate again, until they
   * are back: whoever withdrew them may have died before the last of them was announced.
   */
  private void replay(SnapshotId snapshot) {
    table.replays(snapshot).forEach(curate::announce);
  }
}
