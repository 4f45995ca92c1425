package io.sluice.curate;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.BatchTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.CuratedTable.AuditHead;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.core.port.QuarantineTable;
import io.sluice.core.verdict.Curated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Curates batches of one pipeline. The loop is: look at the audit branch, leave out what is in its
 * ancestry already, merge the rest on exactly that head, commit on exactly that head; if another
 * committed first, look again. Every snapshot that holds one of the batches is announced to the
 * gate, new or not: the announcement may have been lost before.
 *
 * <p>Rejected records are kept before that, so that a batch that cannot be merged shows why; those
 * that the merge refused after it, and before the gate hears of it; and what became of replayed
 * ones last, so that none is called replayed that is not there. The two tables share no commit:
 * each step is one of its own that a redelivery finds done or does.
 */
public final class Curation {
  /**
   * How often a merge is staged again because another committer was first. There is one committer
   * per pipeline; whoever loses five times in a row gives the queue a chance to sort it out.
   */
  static final int MOST_ATTEMPTS = 5;

  private final CuratedTable table;
  private final QuarantineTable quarantine;
  private final BatchTable batches;
  private final PipelineName pipeline;
  private final Announcer<SnapshotAudited> gate;

  /**
   * Curation of {@code pipeline} into {@code table}, announced to {@code gate}; rejected records go
   * into {@code quarantine}, and batches that go no further are noted in {@code batches}; of all
   * others gate will hear.
   */
  public Curation(
      PipelineName pipeline,
      CuratedTable table,
      QuarantineTable quarantine,
      BatchTable batches,
      Announcer<SnapshotAudited> gate) {
    this.pipeline = pipeline;
    this.table = table;
    this.quarantine = quarantine;
    this.batches = batches;
    this.gate = gate;
  }

  /**
   * Curates {@code batches}; one that is handed over twice counts once.
   *
   * @return a verdict for every batch, those of one snapshot together
   * @throws InvalidMessage when one is of another pipeline
   */
  public List<Curated> curate(List<LandedBatch> batches) {
    requireOwn(batches);
    List<LandedBatch> distinct = distinct(batches);
    keepRejected(distinct);
    List<LandedBatch> going = distinct.stream().filter(LandedBatch::goesOn).toList();
    List<Curated> verdicts = going.isEmpty() ? new ArrayList<>() : commit(going);
    for (Curated verdict : verdicts) {
      switch (verdict) {
        case Curated.Committed committed ->
            finish(committed.snapshot(), committed.accounts().keySet(), going);
        case Curated.AlreadyCommitted already ->
            finish(already.snapshot(), Set.copyOf(already.batches()), going);
        case Curated.Withheld withheld ->
            settle(of(Set.copyOf(withheld.batches()), going), List.of());
        case Curated.Held ignored -> {}
      }
    }
    List<LandedBatch> held = distinct.stream().filter(batch -> !batch.goesOn()).toList();
    if (!held.isEmpty()) {
      this.batches.index(held);
      verdicts.add(new Curated.Held(held.stream().map(LandedBatch::id).toList()));
    }
    return verdicts;
  }

  /** What is left to do once {@code ids} are in {@code snapshot}. */
  private void finish(SnapshotId snapshot, Set<BatchId> ids, List<LandedBatch> going) {
    List<LandedBatch> batches = of(ids, going);
    List<StoredFile> conflicts = table.conflicts(snapshot);
    quarantine.keepConflicts(snapshot, batches, conflicts);
    announce(snapshot);
    settle(batches, conflicts);
  }

  private static List<LandedBatch> of(Set<BatchId> ids, List<LandedBatch> going) {
    return going.stream().filter(batch -> ids.contains(batch.id())).toList();
  }

  private void settle(List<LandedBatch> batches, List<StoredFile> conflicts) {
    batches.stream()
        .filter(LandedBatch::isReplay)
        .forEach(replay -> quarantine.settle(replay, conflicts));
  }

  /** What a replay rejects is in quarantine already. */
  private void keepRejected(List<LandedBatch> batches) {
    List<LandedBatch> rejecting =
        batches.stream()
            .filter(batch -> !batch.isReplay() && batch.manifest().counts().rejected() > 0)
            .toList();
    if (!rejecting.isEmpty()) {
      quarantine.keep(rejecting);
    }
  }

  private List<Curated> commit(List<LandedBatch> batches) {
    List<Curated> verdicts = new ArrayList<>();
    List<LandedBatch> left = batches;
    for (int lost = 0; lost < MOST_ATTEMPTS; ) {
      AuditHead head = table.head();
      List<LandedBatch> open = left.stream().filter(batch -> isOpen(head, batch)).toList();
      verdicts.addAll(settled(head, left));
      if (open.isEmpty()) {
        return verdicts;
      }
      left = open;
      List<LandedBatch> together = together(head, open);
      StagedMerge merge = table.stage(head, together);
      switch (table.commit(merge)) {
        case CommitOutcome.Committed committed -> {
          verdicts.add(new Curated.Committed(committed.snapshot(), merge.accounts()));
          left = open.stream().filter(batch -> !together.contains(batch)).toList();
          if (left.isEmpty()) {
            return verdicts;
          }
        }
        case CommitOutcome.HeadMoved ignored -> lost++;
      }
    }
    throw new TransientFailure(
        "Cannot curate " + pipeline + ": the audit branch moved " + MOST_ATTEMPTS + " times");
  }

  /**
   * Released batches share a snapshot with none but those that were quarantined with them: the
   * gates that did it are overridden.
   */
  private static List<LandedBatch> together(AuditHead head, List<LandedBatch> open) {
    Optional<SnapshotId> left =
        open.stream()
            .filter(batch -> head.releasedFrom(batch.id()).isPresent())
            .min(Drain.BY_AGE)
            .flatMap(batch -> head.releasedFrom(batch.id()));
    return Drain.fitting(
        left.isEmpty()
            ? open
            : open.stream().filter(batch -> head.releasedFrom(batch.id()).equals(left)).toList());
  }

  private static boolean isOpen(AuditHead head, LandedBatch batch) {
    return !head.isWithheld(batch.id()) && head.commitOf(batch.id()).isEmpty();
  }

  /** The verdicts on the batches about which nothing is left to do. */
  private static List<Curated> settled(AuditHead head, List<LandedBatch> batches) {
    List<BatchId> withheld = new ArrayList<>();
    Map<SnapshotId, List<BatchId>> committed = new LinkedHashMap<>();
    for (LandedBatch batch : batches) {
      if (head.isWithheld(batch.id())) {
        withheld.add(batch.id());
      } else {
        head.commitOf(batch.id())
            .ifPresent(
                snapshot ->
                    committed.computeIfAbsent(snapshot, s -> new ArrayList<>()).add(batch.id()));
      }
    }
    List<Curated> verdicts = new ArrayList<>();
    committed.forEach((snapshot, ids) -> verdicts.add(new Curated.AlreadyCommitted(snapshot, ids)));
    if (!withheld.isEmpty()) {
      verdicts.add(new Curated.Withheld(withheld));
    }
    return verdicts;
  }

  private void requireOwn(List<LandedBatch> batches) {
    for (LandedBatch batch : batches) {
      if (!batch.manifest().pipeline().equals(pipeline)) {
        throw new InvalidMessage(
            "Invalid announcement: batch "
                + batch.id()
                + " of "
                + batch.manifest().pipeline()
                + " came with those of "
                + pipeline);
      }
    }
  }

  private static List<LandedBatch> distinct(List<LandedBatch> batches) {
    Map<BatchId, LandedBatch> byId = new LinkedHashMap<>();
    batches.forEach(batch -> byId.putIfAbsent(batch.id(), batch));
    return List.copyOf(byId.values());
  }

  private void announce(SnapshotId snapshot) {
    gate.announce(new SnapshotAudited(pipeline, snapshot));
  }
}
