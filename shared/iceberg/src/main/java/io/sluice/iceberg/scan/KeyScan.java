package io.sluice.iceberg.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The hashes of the keys of a file's rows, by the values of the key's columns. */
public final class KeyScan {
  /** The most rows that a sink gets at a time. */
  public static final int MOST_ROWS = ScannedColumn.CHUNK;

  private final ColumnFile file;
  private final List<ScannedColumn> columns;
  private final long[] hashes = new long[ScannedColumn.CHUNK];

  private KeyScan(ColumnFile file, List<ScannedColumn> columns) {
    this.file = file;
    this.columns = columns;
  }

  /** Takes the keys of rows, some rows at a time. */
  public interface Sink {
    /**
     * Some rows, one after the other. Everything is used again.
     *
     * @param row the number of the first in the row group
     * @param count how many there are, at most {@link #MOST_ROWS}
     * @param hashes of their keys
     */
    void rows(long row, int count, long[] hashes);
  }

  /**
   * A scan of {@code file} for the fields {@code key}; none where the file has them in a way that
   * is not scanned.
   */
  public static Optional<KeyScan> of(ColumnFile file, List<Types.NestedField> key) {
    List<ScannedColumn> columns = new ArrayList<>();
    for (Types.NestedField field : key) {
      Optional<ValueKind> kind = ValueKind.of(field.type());
      Optional<ColumnDescriptor> column = file.column(field.fieldId());
      if (kind.isEmpty() || column.isEmpty() || !isScanned(field, column.get())) {
        return Optional.empty();
      }
      columns.add(new ScannedColumn(column.get(), kind.get(), false));
    }
    return Optional.of(new KeyScan(file, columns));
  }

  private static boolean isScanned(Types.NestedField field, ColumnDescriptor column) {
    PrimitiveTypeName physical = column.getPrimitiveType().getPrimitiveTypeName();
    return switch (field.type().typeId()) {
      case INTEGER, DATE -> physical == PrimitiveTypeName.INT32;
      case LONG -> physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64;
      case TIMESTAMP ->
          ScannedColumn.isIn(TimeUnit.MICROS, column)
              || ScannedColumn.isIn(TimeUnit.MILLIS, column);
      case STRING, BINARY -> physical == PrimitiveTypeName.BINARY;
      case FIXED, UUID -> physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
      default -> false;
    };
  }

  /** The columns of the key, which stand at the rows that the sink has got last. */
  public List<ScannedColumn> columns() {
    return columns;
  }

  /** Scans a row group. */
  public void scan(int group, Sink sink) throws IOException {
    try (PageReadStore pages = file.read(group, descriptors())) {
      scan(pages, sink);
    }
  }

  /** Scans the rows of a row group that can have one of {@code keys}, and maybe others. */
  public void scan(int group, WantedKeys keys, Sink sink) throws IOException {
    RowRanges rows = new KeyPages(file, group, descriptors(), keys).rows();
    if (rows.rowCount() == file.groups().get(group).getRowCount()) {
      scan(group, sink);
    } else if (rows.rowCount() > 0) {
      try (PageReadStore pages = file.read(group, descriptors(), rows)) {
        scan(pages, sink);
      }
    }
  }

  /** Scans a row group, and has {@code keys} take in those that are there. */
  public void collect(int group, WantedKeys keys, Sink sink) throws IOException {
    keys.begin(file.groups().get(group), columns);
    scan(
        group,
        (row, count, found) -> {
          keys.add(columns, count);
          sink.rows(row, count, found);
        });
  }

  private List<ColumnDescriptor> descriptors() {
    return columns.stream().map(ScannedColumn::column).toList();
  }

  private void scan(PageReadStore pages, Sink sink) throws IOException {
    for (ScannedColumn column : columns) {
      column.start(pages.getPageReader(column.column()));
    }
    for (int count = align(); count > 0; count = align()) {
      long row = columns.getFirst().row();
      hash(count);
      sink.rows(row, count, hashes);
    }
  }

  /**
   * Takes all columns to the same row, and says how many rows can be read at once; 0 at the end.
   */
  private int align() throws IOException {
    while (true) {
      int count = ScannedColumn.CHUNK;
      long row = 0;
      for (ScannedColumn column : columns) {
        count = Math.min(count, column.available());
        row = Math.max(row, column.row());
      }
      boolean aligned = true;
      for (ScannedColumn column : columns) {
        long behind = row - column.row();
        if (count > 0 && behind > 0) {
          column.skip((int) Math.min(behind, column.available()));
          aligned = false;
        }
      }
      if (aligned) {
        return count;
      }
    }
  }

  private void hash(int count) {
    Arrays.fill(hashes, 0, count, 0);
    for (ScannedColumn column : columns) {
      column.read(count);
      for (int i = 0; i < count; i++) {
        hashes[i] = ValueKind.combine(hashes[i], column.bits(i));
      }
    }
  }
}
