package io.sluice.iceberg.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Some columns at some rows of a file. Only the pages that hold these rows are read, and of values
 * between them no more than that they are passed over.
 */
public final class PickedRows {
  private final ColumnFile file;
  private final Record row;
  private final List<Leaf> leaves;

  private PickedRows(ColumnFile file, Record row, List<Leaf> leaves) {
    this.file = file;
    this.row = row;
    this.leaves = leaves;
  }

  /** A value of a row, and the record within the row that it stands in. */
  private record Leaf(Record within, int position, Types.NestedField field, ScannedColumn column) {}

  /** Takes a row, which is used again. */
  public interface Sink {
    /**
     * One of the rows that were asked for.
     *
     * @param index which of them, from 0
     */
    void row(int index, Record row);
  }

  /**
   * Rows of {@code file} with the values of {@code wanted}, whose fields are among those of {@code
   * schema}, which the rows have; its others are null. None where this cannot be read here.
   */
  public static Optional<PickedRows> of(ColumnFile file, Schema schema, Schema wanted) {
    GenericRecord row = GenericRecord.create(schema);
    List<Leaf> leaves = new ArrayList<>();
    return add(file, row, wanted.asStruct(), leaves)
        ? Optional.of(new PickedRows(file, row, leaves))
        : Optional.empty();
  }

  private static boolean add(
      ColumnFile file, Record row, Types.StructType wanted, List<Leaf> leaves) {
    for (Types.NestedField field : wanted.fields()) {
      Types.NestedField there = row.struct().field(field.fieldId());
      int position = row.struct().fields().indexOf(there);
      if (there.type().isStructType()) {
        GenericRecord nested = GenericRecord.create(there.type().asStructType());
        row.set(position, nested);
        if (!add(file, nested, field.type().asStructType(), leaves)) {
          return false;
        }
      } else {
        Optional<ColumnDescriptor> column = file.column(field.fieldId());
        if (column.isPresent() && isRead(field.type(), column.get())) {
          ValueKind kind = ValueKind.of(field.type()).orElseThrow();
          leaves.add(new Leaf(row, position, field, new ScannedColumn(column.get(), kind, true)));
        } else if (column.isPresent()
            || field.isRequired()
            || field.initialDefault() != null
            || !field.type().isPrimitiveType()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isRead(org.apache.iceberg.types.Type type, ColumnDescriptor column) {
    PrimitiveTypeName physical = column.getPrimitiveType().getPrimitiveTypeName();
    return switch (type.typeId()) {
      case STRING -> physical == PrimitiveTypeName.BINARY;
      case FIXED -> physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
      case INTEGER, DATE -> physical == PrimitiveTypeName.INT32;
      case LONG -> physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64;
      case TIMESTAMP -> ScannedColumn.isIn(TimeUnit.MICROS, column);
      default -> false;
    };
  }

  /**
   * Hands over rows of a row group.
   *
   * @param rows their numbers in the group, in order
   * @param count how many of them count
   */
  public void read(int group, long[] rows, int count, Sink sink) throws IOException {
    List<ColumnDescriptor> columns = leaves.stream().map(leaf -> leaf.column().column()).toList();
    if (columns.isEmpty()) {
      for (int i = 0; i < count; i++) {
        sink.row(i, row);
      }
      return;
    }
    long groupRows = file.groups().get(group).getRowCount();
    Optional<RowRanges> ranges = ranges(group, columns, rows, count, groupRows);
    try (PageReadStore pages =
        ranges.isPresent() ? file.read(group, columns, ranges.get()) : file.read(group, columns)) {
      read(pages, rows, count, sink);
    }
  }

  /** The pages of the first column that hold any of the rows; none where all do. */
  private Optional<RowRanges> ranges(
      int group, List<ColumnDescriptor> columns, long[] rows, int count, long groupRows)
      throws IOException {
    if (!file.isPaged(group)) {
      return Optional.empty();
    }
    OffsetIndex pages = file.pages(group, columns.getFirst()).orElseThrow();
    RowRanges.Builder builder = RowRanges.builder();
    int next = 0;
    boolean all = true;
    for (int page = 0; page < pages.getPageCount(); page++) {
      long last = pages.getLastRowIndex(page, groupRows);
      if (next < count && rows[next] <= last) {
        builder.addSelectedRange(pages.getFirstRowIndex(page), last);
        while (next < count && rows[next] <= last) {
          next++;
        }
      } else {
        all = false;
      }
    }
    return all ? Optional.empty() : Optional.of(builder.build());
  }

  private void read(PageReadStore pages, long[] rows, int count, Sink sink) throws IOException {
    for (Leaf leaf : leaves) {
      leaf.column().start(pages.getPageReader(leaf.column().column()));
    }
    for (int i = 0; i < count; i++) {
      for (Leaf leaf : leaves) {
        boolean there = leaf.column().seek(rows[i]);
        leaf.within().set(leaf.position(), there ? value(leaf) : null);
      }
      sink.row(i, row);
    }
  }

  private static Object value(Leaf leaf) {
    ScannedColumn column = leaf.column();
    long number = column.bits(0);
    int start = column.start(0);
    return switch (leaf.field().type().typeId()) {
      case STRING -> new String(column.source(), start, column.length(0), StandardCharsets.UTF_8);
      case FIXED -> Arrays.copyOfRange(column.source(), start, start + column.length(0));
      case INTEGER -> (int) number;
      case LONG -> number;
      case DATE -> LocalDate.ofEpochDay(number);
      case TIMESTAMP -> time((Types.TimestampType) leaf.field().type(), number);
      default -> throw new IllegalStateException("No column is read as " + leaf.field());
    };
  }

  private static Object time(Types.TimestampType type, long micros) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return type.shouldAdjustToUTC()
        ? instant.atOffset(ZoneOffset.UTC)
        : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
