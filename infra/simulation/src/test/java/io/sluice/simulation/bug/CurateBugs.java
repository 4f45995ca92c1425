package io.sluice.simulation.bug;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contracts.wire.ManifestJson;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.forward.ForwardingCuratedTable;
import io.sluice.core.forward.ForwardingQuarantineTable;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.QuarantineTable;
import io.sluice.simulation.stage.Stage;
import io.sluice.simulation.stage.Wiring;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Bugs of curate. */
final class CurateBugs {
  private CurateBugs() {}

  /** A table that is another one, and looks at its head in its own way. */
  private abstract static class Forwarding extends ForwardingCuratedTable {
    Forwarding(CuratedTable whole) {
      super(whole);
    }

    /** What is seen instead of {@code head}. */
    Seen seen(AuditHead head) {
      return new Seen(head);
    }

    @Override
    public AuditHead head() {
      return seen(super.head());
    }

    @Override
    public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
      return super.stage(((Seen) head).whole, batches);
    }
  }

  private static class Seen implements CuratedTable.AuditHead {
    private final CuratedTable.AuditHead whole;

    Seen(CuratedTable.AuditHead whole) {
      this.whole = whole;
    }

    @Override
    public Optional<SnapshotId> commitOf(BatchId batch) {
      return whole.commitOf(batch);
    }

    @Override
    public boolean isWithheld(BatchId batch) {
      return whole.isWithheld(batch);
    }

    @Override
    public Optional<SnapshotId> releasedFrom(BatchId batch) {
      return whole.releasedFrom(batch);
    }
  }

  static final class CurrentOnly extends Wiring {
    private @Nullable Table last;

    @Override
    public Table table(Table table) {
      last = table.name().endsWith(".feed") ? table : last;
      return table;
    }

    @Override
    public CuratedTable curated(CuratedTable port) {
      Table table = last;
      return new Forwarding(port) {
        @Override
        Seen seen(AuditHead head) {
          SnapshotRef audit = table == null ? null : table.refs().get("audit");
          return new Seen(head) {
            @Override
            public Optional<SnapshotId> commitOf(BatchId batch) {
              return super.commitOf(batch)
                  .filter(found -> audit != null && found.value() == audit.snapshotId());
            }
          };
        }
      };
    }
  }

  static final class MarkedFirst extends Wiring {
    private final Set<BatchId> marked = new HashSet<>();

    @Override
    public CuratedTable curated(CuratedTable port) {
      return new Forwarding(port) {
        @Override
        Seen seen(AuditHead head) {
          return new Seen(head) {
            @Override
            public boolean isWithheld(BatchId batch) {
              return super.isWithheld(batch)
                  || (marked.contains(batch) && commitOf(batch).isEmpty());
            }
          };
        }

        @Override
        public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
          batches.forEach(batch -> marked.add(batch.id()));
          return super.stage(head, batches);
        }
      };
    }
  }

  static final class ByArrival extends Wiring {
    private final Map<BatchId, Instant> arrivals = new HashMap<>();

    @Override
    public LandedBatch batch(LandedBatch batch) {
      Instant arrival =
          arrivals.computeIfAbsent(
              batch.id(), ignored -> Instant.EPOCH.plusSeconds(arrivals.size()));
      String text = new String(ManifestJson.write(batch.manifest()), UTF_8);
      String changed = text.replaceFirst("(\"modified\"\\s*:\\s*\")[^\"]*", "$1" + arrival);
      return new LandedBatch(
          batch.manifestName(), ManifestJson.read(changed.getBytes(UTF_8)), batch.isReleased());
    }
  }

  static final class SilentOnCommitted extends Wiring {
    private final Set<SnapshotId> own = new HashSet<>();

    @Override
    public CuratedTable curated(CuratedTable port) {
      own.clear();
      return new Forwarding(port) {
        @Override
        public CommitOutcome commit(StagedMerge merge) {
          CommitOutcome outcome = super.commit(merge);
          if (outcome instanceof CommitOutcome.Committed committed) {
            own.add(committed.snapshot());
          }
          return outcome;
        }
      };
    }

    @Override
    public <M> Announcer<M> announcer(Stage stage, Announcer<M> port) {
      return message -> {
        if (!(message instanceof SnapshotAudited audited) || own.contains(audited.snapshot())) {
          port.announce(message);
        }
      };
    }
  }

  static final class WithheldForgotten extends Wiring {
    @Override
    public CuratedTable curated(CuratedTable port) {
      return new Forwarding(port) {
        @Override
        Seen seen(AuditHead head) {
          return new Seen(head) {
            @Override
            public boolean isWithheld(BatchId batch) {
              return false;
            }
          };
        }
      };
    }
  }

  static final class HeldGoesOn extends Wiring {
    @Override
    public LandedBatch batch(LandedBatch batch) {
      return new LandedBatch(batch.manifestName(), batch.manifest(), true);
    }
  }

  static final class RejectedDropped extends Wiring {
    @Override
    public QuarantineTable quarantine(QuarantineTable port) {
      return new ForwardingQuarantineTable(port) {
        @Override
        public void keep(List<LandedBatch> batches) {}
      };
    }
  }

  static final class ReplayUnsettled extends Wiring {
    @Override
    public QuarantineTable quarantine(QuarantineTable port) {
      return new ForwardingQuarantineTable(port) {
        @Override
        public void settle(LandedBatch replay, List<StoredFile> conflicts) {}
      };
    }
  }
}
