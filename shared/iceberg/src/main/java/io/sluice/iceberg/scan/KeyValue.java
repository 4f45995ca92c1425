package io.sluice.iceberg.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A value of one field of a key, in Parquet's order: numbers by size, bytes as unsigned ones. */
sealed interface KeyValue extends Comparable<KeyValue> {
  /** A number, days since 1970, microseconds since 1970. */
  record Whole(long number) implements KeyValue {
    @Override
    public int compareTo(KeyValue other) {
      return Long.compare(number, ((Whole) other).number);
    }

    @Override
    public long order(int skipped) {
      return number;
    }
  }

  /** A text in UTF-8, bytes, a UUID. */
  final class Bytes implements KeyValue {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int compareTo(KeyValue other) {
      return Arrays.compareUnsigned(bytes, ((Bytes) other).bytes);
    }

    @Override
    public long order(int skipped) {
      return order(bytes, skipped, bytes.length);
    }

    /** How many first bytes both have. */
    int shared(Bytes other) {
      int differs = Arrays.mismatch(bytes, other.bytes);
      return differs < 0 ? bytes.length : differs;
    }

    /** The first eight of some bytes, the highest first; behind their end there are zeros. */
    static long order(byte[] source, int from, int end) {
      long order = 0;
      for (int i = from; i < from + Long.BYTES; i++) {
        order = order << Byte.SIZE | (i < end ? source[i] & 0xff : 0);
      }
      return order;
    }
  }

  /**
   * A number that, less that of a smaller value with the same {@code skipped} first bytes, is an
   * unsigned distance that does not shrink where values grow.
   */
  long order(int skipped);

  /** A value of a row. */
  static KeyValue of(Object value) {
    return ValueKind.isNumber(value)
        ? new Whole(ValueKind.bits(value))
        : new Bytes(ValueKind.bytes(value));
  }

  /** A value as Parquet's statistics of {@code column} have it. */
  static KeyValue of(ByteBuffer stored, ColumnDescriptor column) {
    ByteBuffer bytes = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (physical(column)) {
      case INT32 -> new Whole(bytes.getInt(bytes.position()));
      case INT64 -> new Whole(bytes.getLong(bytes.position()) * ScannedColumn.scale(column));
      default -> new Bytes(copy(bytes));
    };
  }

  /** A value as Iceberg's bounds of a column of {@code type} have it. */
  static KeyValue of(ByteBuffer stored, Type type) {
    ByteBuffer bytes = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (type.typeId()) {
      case STRING -> new Bytes(copy(bytes));
      // A column that was widened has bounds of its old width in old files.
      default ->
          new Whole(
              bytes.remaining() == Integer.BYTES
                  ? bytes.getInt(bytes.position())
                  : bytes.getLong(bytes.position()));
    };
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static PrimitiveTypeName physical(ColumnDescriptor column) {
    return column.getPrimitiveType().getPrimitiveTypeName();
  }

  /** The value as a row has it, of a column of {@code type}: a text or a whole number. */
  default Object inRow(Type type) {
    return switch (this) {
      case Bytes text -> new String(text.bytes, StandardCharsets.UTF_8);
      case Whole whole ->
          switch (type.typeId()) {
            case INTEGER -> (int) whole.number;
            default -> whole.number;
          };
    };
  }

  /** What Parquet's Bloom filter of {@code column} knows it by. */
  default long hash(ColumnDescriptor column) {
    return switch (this) {
      case Whole whole ->
          physical(column) == PrimitiveTypeName.INT32
              ? XxHash64.of((int) whole.number)
              : XxHash64.of(whole.number / ScannedColumn.scale(column));
      case Bytes value -> XxHash64.of(value.bytes, 0, value.bytes.length);
    };
  }
}
