package io.sluice.iceberg.merge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;

/**
 * Hands rows on in a sort order, so many at a time as fit in memory: what comes out are runs, each
 * sorted, and one run where there are no more rows than that. Rows that are equal stay as they
 * came.
 */
final class SortedRuns {
  /** Short ones take 50 MB. */
  static final int ROWS = 100_000;

  /** How much text and bytes there is in the rows of a run. */
  static final long BYTES = 64L << 20;

  private static final int NOT_ASCII = 0x80;

  private final Comparator<Sortable> order;
  private final int first;
  private final InternalRecordWrapper wrapper;
  private final Consumer<Record> sink;
  private final List<Sortable> waiting = new ArrayList<>();
  private long bytes;

  SortedRuns(Schema schema, SortOrder order, Consumer<Record> sink) {
    Comparator<StructLike> rows = SortOrderComparators.forSchema(schema, order);
    this.order =
        Comparator.comparingLong(Sortable::prefix)
            .thenComparing((one, other) -> rows.compare(one.values(), other.values()));
    this.first = first(schema, order.fields().getFirst());
    this.wrapper = new InternalRecordWrapper(schema.asStruct());
    this.sink = sink;
  }

  /** Where the first column of the order stands, if rows come in the order of its values. */
  private static int first(Schema schema, SortField field) {
    boolean ascends =
        field.transform().isIdentity()
            && field.direction() == SortDirection.ASC
            && field.nullOrder() == NullOrder.NULLS_FIRST;
    return ascends ? schema.columns().indexOf(schema.findField(field.sourceId())) : -1;
  }

  /**
   * A row, and its values as they are compared.
   *
   * @param prefix never greater than that of a greater row; most rows differ in it already
   */
  private record Sortable(Record row, StructLike values, long prefix) {}

  private long prefix(Record row) {
    return switch (first < 0 ? null : row.get(first)) {
      case null -> Long.MIN_VALUE;
      case Integer number -> number;
      case Long number -> number;
      case String text -> prefix(text);
      default -> Long.MIN_VALUE;
    };
  }

  /** The first eight characters; what follows one that is not ASCII is left to comparison. */
  private static long prefix(String text) {
    long prefix = 0;
    int at = 0;
    for (; at < Math.min(text.length(), Long.BYTES); at++) {
      char next = text.charAt(at);
      prefix = (prefix << Byte.SIZE) | Math.min(next, NOT_ASCII);
      if (next >= NOT_ASCII) {
        at++;
        break;
      }
    }
    return (prefix << (Byte.SIZE * (Long.BYTES - at))) + Long.MIN_VALUE;
  }

  /** Takes a row, which may be changed afterwards. */
  void add(Record row) {
    Record kept = (Record) copy(row);
    waiting.add(new Sortable(kept, wrapper.copyFor(kept), prefix(kept)));
    if (waiting.size() == ROWS || bytes >= BYTES) {
      flush();
    }
  }

  /** Hands on what is waiting. */
  void flush() {
    waiting.sort(order);
    waiting.forEach(each -> sink.accept(each.row()));
    waiting.clear();
    bytes = 0;
  }

  /** Nothing of which a reader uses again. */
  private Object copy(Object value) {
    return switch (value) {
      case Record row -> {
        Record copy = row.copy();
        for (int i = 0; i < copy.size(); i++) {
          Object field = copy.get(i);
          if (field != null) {
            copy.set(i, copy(field));
          }
        }
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(each -> copy.add(each == null ? null : copy(each)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, each) -> copy.put(copy(key), each == null ? null : copy(each)));
        yield copy;
      }
      case byte[] content -> {
        bytes += content.length;
        yield content.clone();
      }
      case ByteBuffer content -> {
        bytes += content.remaining();
        yield ByteBuffer.allocate(content.remaining()).put(content.duplicate()).flip();
      }
      case String text -> {
        bytes += text.length();
        yield text;
      }
      default -> value;
    };
  }
}
