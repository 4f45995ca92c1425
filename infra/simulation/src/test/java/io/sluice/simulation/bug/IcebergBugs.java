package io.sluice.simulation.bug;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.forward.ForwardingCuratedTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.simulation.stage.Wiring;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** Bugs in how the table is read and committed to. */
final class IcebergBugs {
  private IcebergBugs() {}

  /** What becomes of a call of {@code whole}. */
  private interface Calls {
    @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
  }

  private static @Nullable Object invoke(
      Object whole, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(whole, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object proxy(Object whole, Calls calls, Class<?>... types) {
    return Proxy.newProxyInstance(
        IcebergBugs.class.getClassLoader(),
        types,
        (proxy, method, arguments) -> {
          Object result = calls.call(method, arguments);
          return whole.equals(result) ? proxy : result;
        });
  }

  private static Table table(Table whole, Calls calls) {
    return (Table) proxy(whole, calls, Table.class, HasTableOperations.class);
  }

  /** A table whose snapshots go through {@code calls}, given each new one. */
  private static Table updating(Table whole, Function<Object, Calls> calls) {
    return table(
        whole,
        (method, arguments) ->
            switch (method.getName()) {
              case "newAppend" -> update(whole.newAppend(), calls, AppendFiles.class);
              case "newOverwrite" -> update(whole.newOverwrite(), calls, OverwriteFiles.class);
              case "newRowDelta" -> update(whole.newRowDelta(), calls, RowDelta.class);
              default -> invoke(whole, method, arguments);
            });
  }

  private static Object update(Object update, Function<Object, Calls> calls, Class<?> type) {
    return proxy(update, calls.apply(update), type);
  }

  static final class Unguarded extends Wiring {
    @Override
    public Table table(Table table) {
      return updating(
          table,
          update ->
              (method, arguments) ->
                  method.getName().equals("validateWith")
                      ? update
                      : invoke(update, method, arguments));
    }
  }

  static final class CleanedUp extends Wiring {
    @Override
    public Table table(Table table) {
      return updating(table, update -> new Cleanup(table, update));
    }
  }

  private static final class Cleanup implements Calls {
    private final Table table;
    private final Object update;
    private final List<DataFile> files = new ArrayList<>();

    Cleanup(Table table, Object update) {
      this.table = table;
      this.update = update;
    }

    @Override
    public @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable {
      if (arguments != null && arguments.length == 1 && arguments[0] instanceof DataFile file) {
        files.add(file);
      }
      try {
        return invoke(update, method, arguments);
      } catch (CommitStateUnknownException e) {
        files.forEach(file -> table.io().deleteFile(file.location()));
        throw e;
      }
    }
  }

  static final class AgainstMain extends Wiring {
    private boolean merging;

    @Override
    public CuratedTable curated(CuratedTable port) {
      return new ForwardingCuratedTable(port) {
        @Override
        public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
          merging = true;
          try {
            return super.stage(head, batches);
          } finally {
            merging = false;
          }
        }
      };
    }

    @Override
    public Table table(Table table) {
      return IcebergBugs.table(
          table,
          (method, arguments) ->
              merging && method.getName().equals("newScan")
                  ? ofMain(table, table.newScan())
                  : invoke(table, method, arguments));
    }

    private static Object ofMain(Table table, TableScan scan) {
      return proxy(
          scan,
          (method, arguments) -> {
            if (!method.getName().equals("useSnapshot")) {
              return invoke(scan, method, arguments);
            }
            SnapshotRef main = table.refs().get("main");
            return main == null
                ? scan.filter(Expressions.alwaysFalse())
                : scan.useSnapshot(main.snapshotId());
          },
          TableScan.class);
    }
  }
}
