package io.sluice.iceberg.scan;

import io.sluice.iceberg.scan.ColumnPages.Stored;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a row group, a chunk at a time: of each its 64 bits, and where in
 * {@link #source} its bytes are. A chunk never spans pages.
 */
public final class ScannedColumn {
  /** The most values of a chunk: what is kept of one stays in a processor's cache. */
  static final int CHUNK = 1024;

  private static final long MICROS_A_MILLI = 1000;

  private static final VarHandle FIRST_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ColumnDescriptor column;
  private final ValueKind kind;
  private final PrimitiveTypeName physical;
  private final int fixedLength;
  private final long scale;
  private final boolean mayBeNull;
  private final long[] bits = new long[CHUNK];
  private final int[] starts = new int[CHUNK];
  private final int[] lengths = new int[CHUNK];
  private byte[] source = new byte[0];
  private @Nullable ColumnPages pages;
  private @Nullable DictionaryValues entries;
  private @Nullable DictionaryValues known;
  private @Nullable ValuesReader values;
  private byte[] page = new byte[0];
  private int at;
  private int left;
  private long row;
  private boolean @Nullable [] present;

  /**
   * A column.
   *
   * @param mayBeNull whether it is read by {@link #seek}; else a null is refused
   */
  ScannedColumn(ColumnDescriptor column, ValueKind kind, boolean mayBeNull) {
    this.column = column;
    this.kind = kind;
    this.physical = column.getPrimitiveType().getPrimitiveTypeName();
    this.fixedLength = column.getPrimitiveType().getTypeLength();
    this.scale = scale(column);
    this.mayBeNull = mayBeNull;
  }

  /** Whether a column holds times in that unit. */
  static boolean isIn(TimeUnit unit, ColumnDescriptor column) {
    return column.getPrimitiveType().getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time
        && time.getUnit() == unit;
  }

  /** What a number of the column is multiplied by: times are microseconds. */
  static long scale(ColumnDescriptor column) {
    return isIn(TimeUnit.MILLIS, column) ? MICROS_A_MILLI : 1;
  }

  ColumnDescriptor column() {
    return column;
  }

  /** What the 64 bits are. */
  public ValueKind kind() {
    return kind;
  }

  /** The 64 bits of the chunk's value number {@code i}; of a number, the number. */
  public long bits(int i) {
    return bits[i];
  }

  /** What the bytes of the chunk's values are in. */
  public byte[] source() {
    return source;
  }

  /** Where the bytes of the chunk's value number {@code i} start. */
  public int start(int i) {
    return starts[i];
  }

  /** How many bytes the chunk's value number {@code i} has. */
  public int length(int i) {
    return lengths[i];
  }

  /** {@link KeyValue#order} of the chunk's value number {@code i}. */
  long order(int i, int skipped) {
    if (kind == ValueKind.NUMBER) {
      return bits[i];
    }
    int from = starts[i] + skipped;
    return lengths[i] - skipped >= Long.BYTES
        ? (long) FIRST_BYTES.get(source, from)
        : KeyValue.Bytes.order(source, from, starts[i] + lengths[i]);
  }

  /** Begins with a row group. */
  void start(PageReader reader) throws IOException {
    pages = new ColumnPages(column, reader);
    entries = null;
    left = 0;
    row = 0;
    // The first page that is read takes the place of the dictionary's bytes.
    pages.dictionary().ifPresent(all -> entries = DictionaryValues.of(all, physical, scale));
  }

  /** How many values are left on the page, the next one if this is at its end; 0 at the end. */
  int available() throws IOException {
    while (left == 0) {
      Optional<ColumnPages.Page> next = pages == null ? Optional.empty() : pages.next();
      if (next.isEmpty()) {
        return 0;
      }
      open(next.get());
    }
    return left;
  }

  /** The number, in the row group, of the row whose value is next. */
  long row() {
    return row;
  }

  private void open(ColumnPages.Page next) {
    row = next.firstRow();
    left = next.rows();
    present = next.present();
    if (present != null && !mayBeNull) {
      throw new IllegalStateException("A key field is null, which the contract forbids");
    }
    known = null;
    values = null;
    switch (next.values()) {
      case Stored.Plain plain -> {
        page = plain.bytes();
        at = plain.start();
      }
      case Stored.Ids coded -> {
        known = entries;
        values = coded.ids();
      }
      case Stored.Encoded encoded -> values = encoded.values();
    }
  }

  /** Goes to the row of that number, behind those read, and says whether it has a value there. */
  boolean seek(long number) throws IOException {
    while (available() > 0 && row + left <= number) {
      row += left;
      left = 0;
    }
    skip((int) (number - row));
    if (present != null && !present[present.length - left]) {
      skip(1);
      return false;
    }
    read(1);
    return true;
  }

  /** Skips rows of the page. */
  void skip(int count) {
    int there = count;
    if (present != null) {
      int first = present.length - left;
      there = 0;
      for (int i = first; i < first + count; i++) {
        there += present[i] ? 1 : 0;
      }
    }
    if (values != null) {
      values.skip(there);
    } else {
      skipPlain(there);
    }
    left -= count;
    row += count;
  }

  private void skipPlain(int count) {
    switch (physical) {
      case INT32 -> at += count * Integer.BYTES;
      case INT64 -> at += count * Long.BYTES;
      case FIXED_LEN_BYTE_ARRAY -> at += count * fixedLength;
      default -> {
        ByteBuffer lengths = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
          at += Integer.BYTES + lengths.getInt(at);
        }
      }
    }
  }

  /** Reads the next values, of the page, as a chunk; none of them is null. */
  void read(int count) {
    if (values == null) {
      plain(count);
    } else if (known != null) {
      fromDictionary(count, known, values);
    } else {
      decoded(count, values);
    }
    left -= count;
    row += count;
  }

  private void plain(int count) {
    source = page;
    ByteBuffer numbers = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    switch (physical) {
      case INT32 -> {
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
          bits[i] = numbers.getInt(at);
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++, at += Long.BYTES) {
          bits[i] = numbers.getLong(at) * scale;
        }
      }
      case FIXED_LEN_BYTE_ARRAY -> {
        for (int i = 0; i < count; i++, at += fixedLength) {
          bits[i] = XxHash64.of(page, at, fixedLength);
          starts[i] = at;
          lengths[i] = fixedLength;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          int length = numbers.getInt(at);
          at += Integer.BYTES;
          bits[i] = XxHash64.of(page, at, length);
          starts[i] = at;
          lengths[i] = length;
          at += length;
        }
      }
    }
  }

  private void fromDictionary(int count, DictionaryValues all, ValuesReader ids) {
    source = all.source();
    for (int i = 0; i < count; i++) {
      int id = ids.readValueDictionaryId();
      bits[i] = all.bits(id);
      starts[i] = all.start(id);
      lengths[i] = all.length(id);
    }
  }

  private void decoded(int count, ValuesReader reader) {
    byte[] bytes = new byte[0];
    int end = 0;
    for (int i = 0; i < count; i++) {
      switch (physical) {
        case INT32 -> bits[i] = reader.readInteger();
        case INT64 -> bits[i] = reader.readLong() * scale;
        default -> {
          Binary value = reader.readBytes();
          bytes = DictionaryValues.with(bytes, end, value);
          starts[i] = end;
          lengths[i] = value.length();
          bits[i] = XxHash64.of(bytes, end, value.length());
          end += value.length();
        }
      }
    }
    source = bytes;
  }
}
