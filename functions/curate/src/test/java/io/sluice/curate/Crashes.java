package io.sluice.curate;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.QuarantineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Ports whose calls are counted together, and one of which dies: before its effect or after. */
final class Crashes {
  /** Where in a call the process dies. */
  enum Moment {
    BEFORE,
    AFTER
  }

  private final int fatalCall;
  private final Moment moment;
  private final List<String> calls = new ArrayList<>();

  /** The {@code fatalCall}th call dies, counted from 0. */
  Crashes(int fatalCall, Moment moment) {
    this.fatalCall = fatalCall;
    this.moment = moment;
  }

  /** The calls so far. */
  List<String> calls() {
    return calls;
  }

  <M> Announcer<M> announcer(Announcer<M> whole) {
    return message -> call("announce", () -> whole.announce(message));
  }

  CuratedTable table(CuratedTable whole) {
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
    };
  }

  QuarantineTable quarantine(QuarantineTable whole) {
    return new QuarantineTable() {
      @Override
      public void keep(List<LandedBatch> batches) {
        call("keep", () -> whole.keep(batches));
      }

      @Override
      public void settle(LandedBatch replay) {
        call("settle", () -> whole.settle(replay));
      }
    };
  }

  private void call(String name, Runnable effect) {
    call(
        name,
        () -> {
          effect.run();
          return name;
        });
  }

  private <T> T call(String name, Supplier<T> effect) {
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
