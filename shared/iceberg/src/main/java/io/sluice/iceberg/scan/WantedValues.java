package io.sluice.iceberg.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The values that one field of the wanted keys has, as Parquet has them and in Parquet's order:
 * numbers by size, bytes as unsigned ones. While keys are few each value is kept, in the keys'
 * order; of many the least and the greatest alone.
 */
final class WantedValues {
  private final List<Value> values = new ArrayList<>();
  private @Nullable Value least;
  private @Nullable Value greatest;

  /** A number, or bytes. */
  private sealed interface Value extends Comparable<Value> {
    record Whole(long number) implements Value {
      @Override
      public int compareTo(Value other) {
        return Long.compare(number, ((Whole) other).number);
      }
    }

    record Bytes(ByteBuffer bytes) implements Value {
      @Override
      public int compareTo(Value other) {
        return Arrays.compareUnsigned(copy(), ((Bytes) other).copy());
      }

      private byte[] copy() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
      }
    }

    static Value of(Object value) {
      return ValueKind.isNumber(value)
          ? new Whole(ValueKind.bits(value))
          : new Bytes(ByteBuffer.wrap(ValueKind.bytes(value)));
    }

    /** A value as statistics have it. */
    static Value of(ByteBuffer stored, PrimitiveTypeName physical) {
      ByteBuffer bytes = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      return switch (physical) {
        case INT32 -> new Whole(bytes.getInt(bytes.position()));
        case INT64 -> new Whole(bytes.getLong(bytes.position()));
        default -> {
          byte[] copy = new byte[bytes.remaining()];
          bytes.get(copy);
          yield new Bytes(ByteBuffer.wrap(copy));
        }
      };
    }

    /** What Parquet's Bloom filters know it by, in a column of that type. */
    default long hash(PrimitiveTypeName physical) {
      return switch (this) {
        case Whole whole ->
            physical == PrimitiveTypeName.INT32
                ? XxHash64.of((int) whole.number)
                : XxHash64.of(whole.number);
        case Bytes value -> XxHash64.of(value.copy(), 0, value.bytes.remaining());
      };
    }
  }

  /** Adds the value of one more key. */
  void add(Object value, boolean keep) {
    Value wanted = Value.of(value);
    if (keep) {
      values.add(wanted);
    } else {
      values.clear();
    }
    widen(wanted);
  }

  /** Adds the chunk's values, which are not kept. */
  void add(ScannedColumn column, int count) {
    values.clear();
    int low = 0;
    int high = 0;
    for (int i = 1; i < count; i++) {
      low = column.compare(i, low) < 0 ? i : low;
      high = column.compare(i, high) > 0 ? i : high;
    }
    widen(value(column, low));
    widen(value(column, high));
  }

  private static Value value(ScannedColumn column, int i) {
    return switch (column.kind()) {
      case NUMBER -> new Value.Whole(column.bits(i));
      case BYTES, UUID -> {
        int start = column.start(i);
        byte[] copy = Arrays.copyOfRange(column.source(), start, start + column.length(i));
        yield new Value.Bytes(ByteBuffer.wrap(copy));
      }
    };
  }

  private void widen(Value value) {
    least = least == null || value.compareTo(least) < 0 ? value : least;
    greatest = greatest == null || value.compareTo(greatest) > 0 ? value : greatest;
  }

  /** Takes those keys out of {@code keys} whose value a Bloom filter does not have. */
  void ask(BloomBits filter, PrimitiveTypeName physical, BitSet keys) {
    for (int key = keys.nextSetBit(0); key >= 0; key = keys.nextSetBit(key + 1)) {
      if (!filter.mayHave(values.get(key).hash(physical))) {
        keys.clear(key);
      }
    }
  }

  /** Something that may have a value of a filter's column. */
  interface BloomBits {
    boolean mayHave(long hash);
  }

  /** Whether any value, or any of the {@code keys} if they are kept, may be within bounds. */
  boolean mayBeWithin(
      ByteBuffer min, ByteBuffer max, PrimitiveTypeName physical, @Nullable BitSet keys) {
    Value low = Value.of(min, physical);
    Value high = Value.of(max, physical);
    if (least == null
        || greatest == null
        || least.compareTo(high) > 0
        || greatest.compareTo(low) < 0) {
      return false;
    }
    return keys == null
        || keys.stream()
            .mapToObj(values::get)
            .anyMatch(value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0);
  }

  /** Whether the values reach as far as the bounds, so that little within them can be left out. */
  boolean cover(ByteBuffer min, ByteBuffer max, PrimitiveTypeName physical) {
    return least != null
        && greatest != null
        && least.compareTo(Value.of(min, physical)) <= 0
        && greatest.compareTo(Value.of(max, physical)) >= 0;
  }
}
