package io.sluice.formats.parquet;

import io.sluice.formats.row.RowType;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** The least and the greatest value of a page, as far as parquet-java's statistics want them. */
final class ValueRange {
  private final PrimitiveType type;
  private final RowType.Kind kind;
  private final boolean isSigned;
  private final int fixedBytes;
  private Statistics<?> statistics;

  private byte[] leastIn = new byte[0];
  private int least;
  private int leastEnd = -1;
  private byte[] greatestIn = new byte[0];
  private int greatest;
  private int greatestEnd = -1;

  ValueRange(PrimitiveType type, RowType.Kind kind) {
    this.type = type;
    this.kind = kind;
    this.isSigned = type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
    this.fixedBytes = type.getTypeLength();
    this.statistics = Statistics.createStats(type);
  }

  /** What has been added since the last time; the bytes added must still be there. */
  Statistics<?> take() {
    if (leastEnd >= 0) {
      statistics.updateStats(
          Binary.fromConstantByteArray(Arrays.copyOfRange(leastIn, least, leastEnd)));
      statistics.updateStats(
          Binary.fromConstantByteArray(Arrays.copyOfRange(greatestIn, greatest, greatestEnd)));
      leastEnd = -1;
    }
    Statistics<?> taken = statistics;
    statistics = Statistics.createStats(type);
    return taken;
  }

  void addBoolean(boolean value) {
    statistics.updateStats(value);
  }

  /** Adds the plain values between {@code from} and {@code to}, of which there is at least one. */
  void add(byte[] bytes, int from, int to) {
    switch (kind) {
      case BOOLEAN -> throw new IllegalArgumentException("Invalid values: booleans have no bytes");
      case INT -> addInts(bytes, from, to);
      case LONG -> addLongs(bytes, from, to);
      case FLOAT -> addFloats(bytes, from, to);
      case DOUBLE -> addDoubles(bytes, from, to);
      case TEXT, SYMBOL, BYTES -> {
        for (int i = from; i < to; ) {
          int start = i + Integer.BYTES;
          i = start + PageBytes.intAt(bytes, i);
          addBytes(bytes, start, i);
        }
      }
      case FIXED, UUID -> {
        for (int i = from; i < to; i += fixedBytes) {
          addBytes(bytes, i, i + fixedBytes);
        }
      }
    }
  }

  private void addInts(byte[] bytes, int from, int to) {
    int min = PageBytes.intAt(bytes, from);
    int max = min;
    for (int i = from + Integer.BYTES; i < to; i += Integer.BYTES) {
      int value = PageBytes.intAt(bytes, i);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    statistics.updateStats(min);
    statistics.updateStats(max);
  }

  private void addLongs(byte[] bytes, int from, int to) {
    long min = PageBytes.longAt(bytes, from);
    long max = min;
    for (int i = from + Long.BYTES; i < to; i += Long.BYTES) {
      long value = PageBytes.longAt(bytes, i);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    statistics.updateStats(min);
    statistics.updateStats(max);
  }

  private void addFloats(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i += Float.BYTES) {
      statistics.updateStats(Float.intBitsToFloat(PageBytes.intAt(bytes, i)));
    }
  }

  /** Zeros have two signs and NaN no order: what becomes of them is the library's to say. */
  private void addDoubles(byte[] bytes, int from, int to) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i += Double.BYTES) {
      double value = Double.longBitsToDouble(PageBytes.longAt(bytes, i));
      if (value < 0 || value > 0) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      } else {
        statistics.updateStats(value);
      }
    }
    if (min <= max) {
      statistics.updateStats(min);
      statistics.updateStats(max);
    }
  }

  private void addBytes(byte[] bytes, int start, int end) {
    if (isSigned) {
      statistics.updateStats(Binary.fromConstantByteArray(Arrays.copyOfRange(bytes, start, end)));
    } else if (leastEnd < 0) {
      setLeast(bytes, start, end);
      setGreatest(bytes, start, end);
    } else if (Arrays.compareUnsigned(bytes, start, end, leastIn, least, leastEnd) < 0) {
      setLeast(bytes, start, end);
    } else if (Arrays.compareUnsigned(bytes, start, end, greatestIn, greatest, greatestEnd) > 0) {
      setGreatest(bytes, start, end);
    }
  }

  private void setLeast(byte[] bytes, int start, int end) {
    leastIn = bytes;
    least = start;
    leastEnd = end;
  }

  private void setGreatest(byte[] bytes, int start, int end) {
    greatestIn = bytes;
    greatest = start;
    greatestEnd = end;
  }
}
