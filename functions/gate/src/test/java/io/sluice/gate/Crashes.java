package io.sluice.gate;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
    return message -> call("announce", effect(() -> whole.announce(message)));
  }

  AuditedTable table(AuditedTable whole) {
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
        call("settle", effect(() -> whole.settle(snapshot, batches, way)));
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
        call("publish", effect(() -> whole.publish(snapshot)));
      }

      @Override
      public void withdraw(SnapshotId snapshot) {
        call("withdraw", effect(() -> whole.withdraw(snapshot)));
      }

      @Override
      public void rebase() {
        call("rebase", effect(whole::rebase));
      }

      @Override
      public List<BatchLanded> replays(SnapshotId snapshot) {
        return call("replays", () -> whole.replays(snapshot));
      }
    };
  }

  ObjectStore store(ObjectStore whole) {
    return new ObjectStore() {
      @Override
      public Optional<StoredObject> find(ObjectName name) {
        return call("find", () -> whole.find(name));
      }

      @Override
      public Optional<StoredObject> find(SourceObject source) {
        return call("find", () -> whole.find(source));
      }

      @Override
      public Optional<InputStream> open(SourceObject source) {
        return call("open", () -> whole.open(source));
      }

      @Override
      public Optional<byte[]> read(ObjectName name, int maxBytes) {
        return call("read", () -> whole.read(name, maxBytes));
      }

      @Override
      public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
        return call("put", () -> whole.putIfAbsent(name, content));
      }

      @Override
      public Upload upload(ObjectName name) {
        return call("upload", () -> whole.upload(name));
      }

      @Override
      public void list(String bucket, String prefix, Consumer<StoredObject> each) {
        call("list", effect(() -> whole.list(bucket, prefix, each)));
      }
    };
  }

  private static Supplier<Boolean> effect(Runnable effect) {
    return () -> {
      effect.run();
      return true;
    };
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
