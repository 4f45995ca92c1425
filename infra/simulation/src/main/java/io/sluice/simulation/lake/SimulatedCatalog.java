package io.sluice.simulation.lake;

import io.sluice.core.id.TableName;
import io.sluice.iceberg.memory.MemoryCatalog;
import io.sluice.simulation.fault.Fault;
import io.sluice.simulation.fault.Faults;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** A catalog in which looking and committing go wrong, and somebody watches every commit. */
public final class SimulatedCatalog extends MemoryCatalog {
  private final Faults faults;
  private final UnaryOperator<Table> tables;
  private BiConsumer<TableIdentifier, TableMetadata> watch = (table, metadata) -> {};
  private @Nullable Fault fault;

  /** An empty catalog over {@code files}, whose tables go through {@code tables}. */
  public SimulatedCatalog(FileIO files, Faults faults, UnaryOperator<Table> tables) {
    super(files);
    this.faults = faults;
    this.tables = tables;
  }

  /** Who looks at every commit when it has taken effect. */
  public void watch(BiConsumer<TableIdentifier, TableMetadata> watcher) {
    watch = watcher;
  }

  /** How Iceberg calls a table. */
  public static TableIdentifier identifier(TableName table) {
    return TableIdentifier.of(table.namespace(), table.name());
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    return tables.apply(super.loadTable(identifier));
  }

  @Override
  protected void refreshing(TableIdentifier table) {
    String call = "catalog.refresh " + table.name();
    faults.end(call, faults.begin(call, Fault.OF_READS));
  }

  @Override
  protected void committing(TableIdentifier table, TableMetadata metadata) {
    fault = null;
    boolean isNew = metadata(table).isEmpty();
    Fault begun =
        isNew
            ? faults.begin("catalog.create " + table.name(), Fault.OF_CREATIONS)
            : faults.begin("catalog.commit " + table.name(), Fault.OF_COMMITS);
    if (begun == Fault.CONFLICT) {
      throw new CommitFailedException("Somebody else was first at %s", table);
    } else if (begun == Fault.UNKNOWN_WITHOUT_EFFECT) {
      throw new CommitStateUnknownException(new IllegalStateException("No answer"));
    }
    fault = begun;
  }

  @Override
  protected void committed(TableIdentifier table, TableMetadata metadata) {
    Fault begun = fault;
    fault = null;
    faults.suspended(() -> watch.accept(table, metadata));
    if (begun == Fault.UNKNOWN_WITH_EFFECT) {
      throw new CommitStateUnknownException(new IllegalStateException("No answer"));
    }
    faults.end("catalog.commit " + table.name(), begun);
  }
}
