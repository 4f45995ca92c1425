package io.sluice.iceberg.scan;

import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The values of a column's dictionary by their ids: the 64 bits of each, and all bytes in one. */
final class DictionaryValues {
  private final long[] bits;
  private final int[] starts;
  private final int[] lengths;
  private byte[] source = new byte[0];
  private int end;

  private DictionaryValues(int count) {
    this.bits = new long[count];
    this.starts = new int[count];
    this.lengths = new int[count];
  }

  /** Reads a dictionary whose times are multiplied by {@code scale}. */
  static DictionaryValues of(Dictionary dictionary, PrimitiveTypeName physical, long scale) {
    int count = dictionary.getMaxId() + 1;
    DictionaryValues all = new DictionaryValues(count);
    for (int id = 0; id < count; id++) {
      switch (physical) {
        case INT32 -> all.bits[id] = dictionary.decodeToInt(id);
        case INT64 -> all.bits[id] = dictionary.decodeToLong(id) * scale;
        default -> all.put(id, dictionary.decodeToBinary(id));
      }
    }
    return all;
  }

  private void put(int id, Binary value) {
    source = with(source, end, value);
    bits[id] = XxHash64.of(source, end, value.length());
    starts[id] = end;
    lengths[id] = value.length();
    end += value.length();
  }

  long bits(int id) {
    return bits[id];
  }

  byte[] source() {
    return source;
  }

  int start(int id) {
    return starts[id];
  }

  int length(int id) {
    return lengths[id];
  }

  /** {@code bytes}, or a longer copy, with {@code value} at {@code end}. */
  static byte[] with(byte[] bytes, int end, Binary value) {
    byte[] room = bytes;
    if (end + value.length() > bytes.length) {
      room = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + value.length()));
    }
    value.toByteBuffer().get(room, end, value.length());
    return room;
  }
}
