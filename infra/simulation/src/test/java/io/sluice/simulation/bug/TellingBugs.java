package io.sluice.simulation.bug;

import io.sluice.contracts.wire.SnapshotPublishedJson;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.BatchTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.simulation.stage.Stage;
import io.sluice.simulation.stage.Wiring;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bugs in what listeners and the table of batches are told. */
final class TellingBugs {
  private TellingBugs() {}

  static final class NotedFirst extends Wiring {
    private @Nullable ObjectStore last;

    @Override
    public ObjectStore store(Stage stage, ObjectStore port) {
      last = port;
      return port;
    }

    @Override
    public <M> Announcer<M> announcer(Stage stage, Announcer<M> port) {
      ObjectStore store = last;
      return message -> {
        if (store != null && message instanceof SnapshotPublished told) {
          store.putIfAbsent(
              new Layout("lake").published(told.pipeline(), told.snapshot()),
              SnapshotPublishedJson.write(told).getBytes(StandardCharsets.UTF_8));
        }
        port.announce(message);
      };
    }
  }

  /** Of several that come to main together, or that a crash left out. */
  static final class LatestAlone extends Wiring {
    private @Nullable SnapshotId own;

    @Override
    public GateRequest request(GateRequest request) {
      own = request instanceof SnapshotAudited audited ? audited.snapshot() : null;
      return request;
    }

    @Override
    public <M> Announcer<M> announcer(Stage stage, Announcer<M> port) {
      return message -> {
        if (!(message instanceof SnapshotPublished told) || told.snapshot().equals(own)) {
          port.announce(message);
        }
      };
    }
  }

  private record Indexing(BatchTable whole, boolean ofSnapshots, boolean ofHeld)
      implements BatchTable {
    @Override
    public void index(SnapshotId snapshot) {
      if (ofSnapshots) {
        whole.index(snapshot);
      }
    }

    @Override
    public void index(List<LandedBatch> batches) {
      if (ofHeld) {
        whole.index(batches);
      }
    }
  }

  static final class SnapshotsNotIndexed extends Wiring {
    @Override
    public BatchTable batches(Stage stage, BatchTable port) {
      return new Indexing(port, false, true);
    }
  }

  static final class HeldNotIndexed extends Wiring {
    @Override
    public BatchTable batches(Stage stage, BatchTable port) {
      return new Indexing(port, true, false);
    }
  }

  /** A failure to bring the table up to date is taken for none. */
  static final class IndexingSwallowed extends Wiring {
    @Override
    public BatchTable batches(Stage stage, BatchTable port) {
      return new BatchTable() {
        @Override
        public void index(SnapshotId snapshot) {
          swallowing(() -> port.index(snapshot));
        }

        @Override
        public void index(List<LandedBatch> batches) {
          swallowing(() -> port.index(batches));
        }
      };
    }

    private static void swallowing(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException e) {
        // The bug.
      }
    }
  }
}
