package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.measure.FileStatistics.Placed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** The hashes of a composite key that a table's rows have; keys with a null are left out. */
final class KeyScan {
  private final Table table;
  private final Schema projection;
  private final List<Column> columns;

  KeyScan(Table table, List<FieldPath> fields) {
    this.table = table;
    this.projection = table.schema().select(fields.stream().map(FieldPath::toString).toList());
    this.columns = fields.stream().map(field -> new Column(projection, field)).toList();
  }

  /** The keys in {@code files}; one more than can be told apart where there are too many. */
  LongSet of(List<Placed> files) throws IOException {
    LongSet keys = new LongSet();
    for (Placed file : files) {
      try (CloseableIterable<Record> rows =
          Parquet.read(
                  table.io().newInputFile(file.file().location(), file.file().fileSizeInBytes()))
              .project(projection)
              .createReaderFunc(stored -> GenericParquetReaders.buildReader(projection, stored))
              .reuseContainers()
              .build()) {
        each(rows, key -> addWithin(keys, key));
      }
    }
    return keys;
  }

  /** The keys of the whole table as of {@code snapshot}. */
  LongSet all(SnapshotId snapshot) throws IOException {
    LongSet keys = new LongSet();
    try (CloseableIterable<Record> rows = rows(snapshot)) {
      each(rows, key -> addWithin(keys, key));
    }
    return keys;
  }

  /** Those of {@code wanted} that the table has as of {@code snapshot}. */
  LongSet common(LongSet wanted, SnapshotId snapshot) throws IOException {
    LongSet found = new LongSet();
    try (CloseableIterable<Record> rows = rows(snapshot)) {
      each(
          rows,
          key -> {
            if (wanted.contains(key)) {
              found.add(key);
            }
          });
    }
    return found;
  }

  private CloseableIterable<Record> rows(SnapshotId snapshot) {
    return IcebergGenerics.read(table)
        .useSnapshot(snapshot.value())
        .project(projection)
        .reuseContainers()
        .build();
  }

  private static void addWithin(LongSet keys, long key) {
    if (keys.size() <= Tally.MOST_DISTINCT) {
      keys.add(key);
    }
  }

  private void each(Iterable<Record> rows, LongConsumer sink) {
    List<Object> parts = new ArrayList<>();
    for (Record row : rows) {
      parts.clear();
      for (Column column : columns) {
        Object value = column.of(row);
        if (value != null) {
          parts.add(value);
        }
      }
      if (parts.size() == columns.size()) {
        long key = 0;
        for (Object part : parts) {
          key = Values.combine(key, Values.hash(part));
        }
        sink.accept(key);
      }
    }
  }
}
