package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.measure.FileStatistics.Placed;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * The hashes of a composite key that a table's rows have; keys with a null are left out, and so are
 * rows that are deleted. Read column by column but where rows are deleted beside their file.
 */
final class KeyScan {
  private final Table table;
  private final List<FieldPath> fields;

  KeyScan(Table table, List<FieldPath> fields) {
    this.table = table;
    this.fields = List.copyOf(fields);
  }

  /**
   * The keys in {@code files}; one more than can be told apart where there are too many.
   *
   * @param batches of which batches rows count; all when there are none
   */
  LongSet of(List<Placed> files, Set<String> batches) throws IOException {
    LongSet keys = new LongSet();
    CountedRows counted = new CountedRows(table.schema(), batches);
    for (Placed file : files) {
      columns(file.file(), counted, key -> addWithin(keys, key));
    }
    return keys;
  }

  /** The keys of the whole table as of {@code snapshot}. */
  LongSet all(SnapshotId snapshot) throws IOException {
    LongSet keys = new LongSet();
    each(snapshot, key -> addWithin(keys, key));
    return keys;
  }

  /** Those of {@code wanted} that the table has as of {@code snapshot}. */
  LongSet common(LongSet wanted, SnapshotId snapshot) throws IOException {
    LongSet found = new LongSet();
    each(
        snapshot,
        key -> {
          if (wanted.contains(key)) {
            found.add(key);
          }
        });
    return found;
  }

  private static void addWithin(LongSet keys, long key) {
    if (keys.size() <= Tally.MOST_DISTINCT) {
      keys.add(key);
    }
  }

  private void each(SnapshotId snapshot, LongConsumer sink) throws IOException {
    TableScan scan = table.newScan().useSnapshot(snapshot.value());
    if (keepsDeleted()) {
      scan = scan.includeColumnStats(List.of(TableShape.DELETED_POSITION));
    }
    CountedRows counted = new CountedRows(table.schema(), Set.of());
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.deletes().isEmpty()) {
          columns(task.file(), counted, sink);
        } else {
          rows(task, sink);
        }
      }
    }
  }

  private boolean keepsDeleted() {
    return table.schema().findField(TableShape.DELETED_POSITION) != null;
  }

  private void columns(DataFile file, CountedRows counted, LongConsumer sink) throws IOException {
    Set<FieldPath> needed = new LinkedHashSet<>(counted.fields(file));
    needed.addAll(fields);
    RowGroup.each(
        table,
        file,
        group -> {
          group.read(needed);
          KeyTally.each(group, fields, counted.of(group, file), sink);
        });
  }

  private void rows(FileScanTask task, LongConsumer sink) throws IOException {
    List<String> names = new ArrayList<>(fields.stream().map(FieldPath::toString).toList());
    if (keepsDeleted()) {
      names.add(TableShape.DELETED_POSITION);
    }
    Schema wanted = table.schema().select(names);
    GenericDeleteFilter deletes = new GenericDeleteFilter(table.io(), task, table.schema(), wanted);
    Schema required = deletes.requiredSchema();
    List<Column> columns = fields.stream().map(field -> new Column(required, field)).toList();
    try (CloseableIterable<Record> rows =
        deletes.filter(
            Parquet.read(table.io().newInputFile(task.file()))
                .project(required)
                .reuseContainers()
                .createReaderFunc(stored -> GenericParquetReaders.buildReader(required, stored))
                .build())) {
      for (Record row : rows) {
        if (!keepsDeleted() || row.getField(TableShape.DELETED_POSITION) == null) {
          key(row, columns, sink);
        }
      }
    }
  }

  private static void key(Record row, List<Column> columns, LongConsumer sink) {
    long key = 0;
    for (Column column : columns) {
      Object value = column.of(row);
      if (value == null) {
        return;
      }
      key = Values.combine(key, Values.hash(value));
    }
    sink.accept(key);
  }
}
