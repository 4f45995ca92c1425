package io.sluice.iceberg.read;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.schema.TableEvolution;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** The rows of a snapshot, with the contract's columns and no others. */
final class TableRows {
  private final Table table;
  private final Pipeline pipeline;

  /** Rows of {@code table} with the columns of the contract of {@code pipeline}. */
  TableRows(Table table, Pipeline pipeline) {
    this.table = table;
    this.pipeline = pipeline;
  }

  /**
   * The snapshot that {@code reference} names: {@code main}, {@code audit}, a tag, or a snapshot's
   * id. Empty for main and audit before their first snapshot.
   *
   * @throws ConfigurationFailure when it names none
   */
  Optional<SnapshotId> resolve(String reference) {
    SnapshotRef ref = table.refs().get(reference);
    if (ref != null) {
      return Optional.of(new SnapshotId(ref.snapshotId()));
    }
    if (reference.equals(Branches.MAIN) || reference.equals(Branches.AUDIT)) {
      return Optional.empty();
    }
    Snapshot snapshot = reference.matches("\\d{1,18}|\\d{19}") ? byId(reference) : null;
    if (snapshot == null) {
      throw new ConfigurationFailure(
          "Reference does not exist: " + reference + " (main, audit, a tag or a snapshot id)");
    }
    return Optional.of(new SnapshotId(snapshot.snapshotId()));
  }

  /** Hands every row of {@code snapshot} to {@code sink}; the row object is used again. */
  void read(SnapshotId snapshot, RowSink sink) throws IOException {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot.value())
            .project(columns())
            .where(isThere(table.snapshot(snapshot.value())))
            .reuseContainers()
            .build()) {
      for (Record row : rows) {
        sink.row(row);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The contract's columns, and the one that tells deleted rows where those are kept. */
  private Schema columns() {
    List<String> names = new ArrayList<>();
    pipeline.contract().kept().getFields().forEach(field -> names.add(field.name()));
    names.add(TableShape.DELETED_POSITION);
    return new TableEvolution(pipeline, table).declared().select(names);
  }

  /** Where deleted rows are kept, they are no rows to a reader. */
  private Expression isThere(Snapshot snapshot) {
    Schema schema = table.schemas().get(snapshot.schemaId());
    return schema == null || schema.findField(TableShape.DELETED_POSITION) == null
        ? Expressions.alwaysTrue()
        : Expressions.isNull(TableShape.DELETED_POSITION);
  }

  /** What takes rows. */
  interface RowSink {
    void row(Record row) throws IOException;
  }

  private Snapshot byId(String text) {
    try {
      return table.snapshot(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new ConfigurationFailure("Invalid snapshot id: " + text, e);
    }
  }
}
