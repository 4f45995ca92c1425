package io.sluice.testkit.crash;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.QuarantineTable;
import io.sluice.core.port.SnapshotMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Ports whose calls are counted together, and one of which dies: before its effect or after. */
public final class Crashes {
  /** Where in a call the process dies. */
  public enum Moment {
    /** Nothing came of it. */
    BEFORE,
    /** It is done, and nobody knows. */
    AFTER
  }

  private final int fatalCall;
  private final Moment moment;
  private final List<String> calls = new ArrayList<>();

  /** The {@code fatalCall}th call dies, counted from 0. */
  public Crashes(int fatalCall, Moment moment) {
    this.fatalCall = fatalCall;
    this.moment = moment;
  }

  /** No call dies. */
  public static Crashes none() {
    return new Crashes(-1, Moment.BEFORE);
  }

  /** The calls so far. */
  public List<String> calls() {
    return calls;
  }

  /** Messages, counted. */
  public <M> Announcer<M> announcer(Announcer<M> whole) {
    return message -> call("announce", () -> whole.announce(message));
  }

  /** Objects, counted. */
  public ObjectStore store(ObjectStore whole) {
    return new CrashingStore(this, whole);
  }

  /** The audit branch as curate has it, counted. */
  public CuratedTable curated(CuratedTable whole) {
    return new CuratedTable() {
      @Override
      public AuditHead head() {
        return call("head", whole::head);
      }

      @Override
      public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
        return call("stage", () -> whole.stage(head, batches));
      }

      @Override
      public CommitOutcome commit(StagedMerge merge) {
        return call("commit", () -> whole.commit(merge));
      }

      @Override
      public List<StoredFile> conflicts(SnapshotId snapshot) {
        return whole.conflicts(snapshot);
      }
    };
  }

  /** Rejected records, counted. */
  public QuarantineTable quarantine(QuarantineTable whole) {
    return new QuarantineTable() {
      @Override
      public void keep(List<LandedBatch> batches) {
        call("keep", () -> whole.keep(batches));
      }

      @Override
      public void keepConflicts(
          SnapshotId snapshot, List<LandedBatch> batches, List<StoredFile> conflicts) {
        call("keep conflicts", () -> whole.keepConflicts(snapshot, batches, conflicts));
      }

      @Override
      public void settle(LandedBatch replay, List<StoredFile> conflicts) {
        call("settle", () -> whole.settle(replay, conflicts));
      }
    };
  }

  /** Audit and main as gate has them, counted but for what is only measured. */
  public AuditedTable audited(AuditedTable whole) {
    return new AuditedTable() {
      @Override
      public Standing standing(SnapshotId snapshot) {
        return call("standing", () -> whole.standing(snapshot));
      }

      @Override
      public List<AuditSnapshot> awaiting(SnapshotId snapshot) {
        return call("awaiting", () -> whole.awaiting(snapshot));
      }

      @Override
      public List<AuditSnapshot> published(int most) {
        return call("published", () -> whole.published(most));
      }

      @Override
      public SnapshotMeasures measures() {
        return whole.measures();
      }

      @Override
      public Set<BatchId> withheld(SnapshotId snapshot) {
        return call("withheld", () -> whole.withheld(snapshot));
      }

      @Override
      public void settle(SnapshotId snapshot, Set<BatchId> batches, Settlement.Way way) {
        call("settle", () -> whole.settle(snapshot, batches, way));
      }

      @Override
      public Optional<SnapshotId> releasedFrom(BatchId batch) {
        return call("released from", () -> whole.releasedFrom(batch));
      }

      @Override
      public List<BatchLanded> releases(SnapshotId snapshot) {
        return call("releases", () -> whole.releases(snapshot));
      }

      @Override
      public void publish(SnapshotId snapshot) {
        call("publish", () -> whole.publish(snapshot));
      }

      @Override
      public void withdraw(SnapshotId snapshot) {
        call("withdraw", () -> whole.withdraw(snapshot));
      }

      @Override
      public void rebase() {
        call("rebase", whole::rebase);
      }

      @Override
      public List<BatchLanded> replays(SnapshotId snapshot) {
        return call("replays", () -> whole.replays(snapshot));
      }
    };
  }

  /** Any other effect, counted under {@code name}. */
  public void call(String name, Runnable effect) {
    call(
        name,
        () -> {
          effect.run();
          return name;
        });
  }

  <T> T call(String name, Supplier<T> effect) {
    boolean dies = calls.size() == fatalCall;
    calls.add(name);
    if (dies && moment == Moment.BEFORE) {
      throw new TransientFailure("Died before " + name);
    }
    T result = effect.get();
    if (dies) {
      throw new TransientFailure("Died after " + name);
    }
    return result;
  }
}
