package io.sluice.simulation.bug;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.forward.ForwardingAuditedTable;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.simulation.stage.MeasuredTable;
import io.sluice.simulation.stage.Wiring;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Bugs of gate. */
final class GateBugs {
  private GateBugs() {}

  static final class HeadPublished extends Wiring {
    private @Nullable Table last;

    @Override
    public Table table(Table table) {
      last = table.name().endsWith(".feed") ? table : last;
      return table;
    }

    @Override
    public AuditedTable audited(AuditedTable port) {
      Table table = last;
      return new ForwardingAuditedTable(port) {
        @Override
        public void publish(SnapshotId snapshot) {
          SnapshotRef audit = table == null ? null : table.refs().get("audit");
          super.publish(audit == null ? snapshot : new SnapshotId(audit.snapshotId()));
        }
      };
    }
  }

  static final class EverythingUsual extends Wiring {
    @Override
    public AuditedTable judged(AuditedTable port) {
      return new ForwardingAuditedTable(port) {
        @Override
        public List<AuditSnapshot> published(int most) {
          return super.published(most).stream()
              .map(
                  each ->
                      new AuditSnapshot(
                          new SnapshotId(each.id().value() + 1),
                          each.accounts(),
                          each.manifests(),
                          each.addedRows(),
                          each.contract(),
                          Origin.LIVE))
              .toList();
        }
      };
    }
  }

  static final class FailOpen extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new MeasuredTable(port, FailOpen::forgiving);
    }

    private static SnapshotMeasures forgiving(SnapshotMeasures whole) {
      return SnapshotMeasures.class.cast(
          Proxy.newProxyInstance(
              SnapshotMeasures.class.getClassLoader(),
              new Class<?>[] {SnapshotMeasures.class},
              (proxy, method, arguments) -> {
                try {
                  Object answer = method.invoke(whole, arguments);
                  return answer instanceof List<?> all
                      ? all.stream().map(FailOpen::passing).toList()
                      : answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    private static Object passing(Object answer) {
      return answer instanceof Measurement.Unknown ? new Measurement.Known(0, "") : answer;
    }
  }

  static final class ThrowingPasses extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new MeasuredTable(
          port,
          whole ->
              SnapshotMeasures.class.cast(
                  Proxy.newProxyInstance(
                      SnapshotMeasures.class.getClassLoader(),
                      new Class<?>[] {SnapshotMeasures.class},
                      (proxy, method, arguments) -> answer(whole, method, arguments))));
    }

    private static @Nullable Object answer(
        SnapshotMeasures whole, Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(whole, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalStateException
            && method.getName().equals("measure")
            && arguments[1] instanceof List<?> questions) {
          return questions.stream().map(each -> new Measurement.Known(0, "")).toList();
        }
        throw e.getCause();
      }
    }
  }

  static final class ReplayForgotten extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new ForwardingAuditedTable(port) {
        @Override
        public List<BatchLanded> replays(SnapshotId snapshot) {
          return List.of();
        }
      };
    }
  }

  static final class LeftOnAudit extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new ForwardingAuditedTable(port) {
        @Override
        public void withdraw(SnapshotId snapshot) {}
      };
    }
  }

  static final class AcceptsAll extends Wiring {
    private static final Set<String> ALL =
        Set.of("max_amount", "null_rate_amount", "row_count", "row_count_delta");

    @Override
    public GateRequest request(GateRequest request) {
      return request instanceof GateRequest.Resume resume && !resume.accepted().isEmpty()
          ? new GateRequest.Resume(resume.pipeline(), resume.snapshot(), ALL, resume.decision())
          : request;
    }
  }

  static final class OlderSkipped extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new ForwardingAuditedTable(port) {
        @Override
        public List<AuditSnapshot> awaiting(SnapshotId snapshot) {
          List<AuditSnapshot> awaiting = super.awaiting(snapshot);
          return awaiting.subList(Math.max(0, awaiting.size() - 1), awaiting.size());
        }
      };
    }
  }

  static final class StrangerIgnored extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new ForwardingAuditedTable(port) {
        @Override
        public Standing standing(SnapshotId snapshot) {
          Standing standing = super.standing(snapshot);
          return standing == Standing.STRANDED ? Standing.AUDITED : standing;
        }
      };
    }
  }

  /** Moves main as Iceberg does: on whatever main is when the commit is made. */
  static class PublishedAnyhow extends Wiring {
    private @Nullable Table last;

    @Override
    public Table table(Table table) {
      last = table.name().endsWith(".feed") ? table : last;
      return table;
    }

    @Override
    public AuditedTable audited(AuditedTable port) {
      Table table = last;
      return new ForwardingAuditedTable(port) {
        @Override
        public void publish(SnapshotId snapshot) {
          if (table != null && super.standing(snapshot) != Standing.PUBLISHED) {
            move(table, snapshot);
          }
        }
      };
    }

    private static void move(Table table, SnapshotId snapshot) {
      String tag = "audited-" + snapshot;
      table.refresh();
      ManageSnapshots refs = table.manageSnapshots();
      if (!table.refs().containsKey(tag)) {
        refs.createTag(tag, snapshot.value());
      }
      refs.fastForwardBranch("main", tag).commit();
    }
  }

  static final class RevertUndone extends PublishedAnyhow {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new ForwardingAuditedTable(super.audited(port)) {
        @Override
        public Standing standing(SnapshotId snapshot) {
          Standing standing = super.standing(snapshot);
          return standing == Standing.REVERTED ? Standing.AUDITED : standing;
        }
      };
    }
  }

  static final class DiscardReleases extends Wiring {
    @Override
    public AuditedTable audited(AuditedTable port) {
      return new ForwardingAuditedTable(port) {
        @Override
        public void settle(SnapshotId snapshot, Set<BatchId> batches, Settlement.Way way) {
          super.settle(snapshot, batches, Settlement.Way.RELEASE);
        }
      };
    }
  }
}
