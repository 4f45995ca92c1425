package io.sluice.iceberg.measure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UUIDUtil;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.dictionary.PlainValuesDictionary.PlainFloatDictionary;
import org.apache.parquet.column.values.dictionary.PlainValuesDictionary.PlainIntegerDictionary;
import org.apache.parquet.column.values.dictionary.PlainValuesDictionary.PlainLongDictionary;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A column of one row group: its values, and which of them each row has. Of a column that Parquet
 * keeps with a dictionary, the values are those of the dictionary, each once; of another, each
 * row's own. So what is asked of values is asked once for each of them, and of rows no more than
 * how many there are.
 */
final class ColumnValues {
  /** What a row has instead of a value. */
  static final int NULL = -1;

  private static final int FEW = 1 << 12;
  private static final double MICROS = 1e6;
  private static final long NANOS_A_MICRO = 1000;
  private static final double SECONDS_A_DAY = 86_400;

  private final Type type;
  private final Type.TypeID kind;
  private final int[] codes;
  private long[] numbers = new long[0];
  private Binary[] binaries = new Binary[0];
  private int size;
  private int @Nullable [] all;

  /** No values of {@code type} yet, for {@code rows} rows that have none. */
  ColumnValues(Type type, int rows) {
    this.type = type;
    this.kind = type.typeId();
    this.codes = new int[rows];
    Arrays.fill(codes, NULL);
  }

  /** The row has a value, of which nothing else is known: one for all rows that have any. */
  void addPresent(int row) {
    codes[row] = 0;
    size = 1;
  }

  /** The row has that value of the dictionary. */
  void addCode(int row, int id) {
    codes[row] = id;
  }

  /** The row has a value of its own: a number, or the bits of one. */
  void add(int row, long number) {
    codes[row] = keep(number);
  }

  /** The row has a value of its own. */
  void add(int row, Binary value) {
    codes[row] = keep(value);
  }

  /** The row has a value of its own; a column that was widened has files from before. */
  void add(int row, float number) {
    add(
        row,
        kind == Type.TypeID.DOUBLE
            ? Double.doubleToRawLongBits(number)
            : Float.floatToRawIntBits(number));
  }

  /** Which value {@code row} has, or {@link #NULL}. */
  int code(int row) {
    return codes[row];
  }

  /** How many values there are. */
  int size() {
    return size;
  }

  /** How many rows have each value. */
  int[] counts(@Nullable BitSet rows) {
    if (rows != null) {
      return count(rows);
    }
    if (all == null) {
      all = count(null);
    }
    return all;
  }

  private int[] count(@Nullable BitSet rows) {
    int[] counts = new int[size];
    for (int each = 0; each < codes.length; each++) {
      if (codes[each] >= 0 && (rows == null || rows.get(each))) {
        counts[codes[each]]++;
      }
    }
    return counts;
  }

  /** How many of {@code counted} rows have no value, where {@code counts} have each. */
  static long nulls(int[] counts, long counted) {
    long nulls = counted;
    for (int count : counts) {
      nulls -= count;
    }
    return nulls;
  }

  /** The size of a value; of times, seconds since 1970. NaN when it has none. */
  double number(int value) {
    return switch (kind) {
      case INTEGER, LONG -> numbers[value];
      case FLOAT -> Float.intBitsToFloat((int) numbers[value]);
      case DOUBLE -> Double.longBitsToDouble(numbers[value]);
      case DATE -> numbers[value] * SECONDS_A_DAY;
      case TIMESTAMP -> numbers[value] / MICROS;
      case DECIMAL -> decimal(value).doubleValue();
      default -> Double.NaN;
    };
  }

  /** The text of a value, as {@link Values#text} has it. */
  String text(int value) {
    return Values.text(object(value));
  }

  /** The hash of a value, as {@link Values#hash} has it. */
  long hash(int value) {
    return switch (kind) {
      case INTEGER, LONG, TIME, TIMESTAMP_NANO -> Values.hash(numbers[value]);
      case FLOAT, DOUBLE -> Values.hash(number(value));
      case TIMESTAMP -> Values.hash(numbers[value] * NANOS_A_MICRO);
      default -> Values.hash(object(value));
    };
  }

  private Object object(int value) {
    return switch (kind) {
      case BOOLEAN -> numbers[value] != 0;
      case INTEGER -> (int) numbers[value];
      case LONG, TIME, TIMESTAMP_NANO -> numbers[value];
      case FLOAT -> Float.intBitsToFloat((int) numbers[value]);
      case DOUBLE -> Double.longBitsToDouble(numbers[value]);
      case DATE -> LocalDate.ofEpochDay(numbers[value]);
      case TIMESTAMP ->
          Instant.EPOCH.plus(numbers[value], ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      case DECIMAL -> decimal(value);
      case STRING -> binaries[value].toStringUsingUTF8();
      case UUID -> UUIDUtil.convert(binaries[value].getBytes());
      default -> binaries[value].getBytes();
    };
  }

  private BigDecimal decimal(int value) {
    int scale = ((Types.DecimalType) type).scale();
    return binaries.length > value && binaries[value] != null
        ? new BigDecimal(new BigInteger(binaries[value].getBytes()), scale)
        : BigDecimal.valueOf(numbers[value], scale);
  }

  /** Takes every value of {@code dictionary}, and gives them to no row. */
  void take(Dictionary dictionary) {
    for (int id = 0; id <= dictionary.getMaxId(); id++) {
      switch (kind) {
        case BOOLEAN -> keep(dictionary.decodeToBoolean(id) ? 1 : 0);
        case FLOAT -> keep(Float.floatToRawIntBits(dictionary.decodeToFloat(id)));
        case DOUBLE -> keep(Double.doubleToRawLongBits(asDouble(dictionary, id)));
        case INTEGER, DATE -> keep(dictionary.decodeToInt(id));
        case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> keep(asLong(dictionary, id));
        case DECIMAL -> keepDecimal(dictionary, id);
        default -> keep(dictionary.decodeToBinary(id).copy());
      }
    }
  }

  private int keep(long number) {
    if (size >= numbers.length) {
      numbers = Arrays.copyOf(numbers, larger());
    }
    numbers[size] = number;
    return size++;
  }

  private int keep(Binary binary) {
    if (size >= binaries.length) {
      binaries = Arrays.copyOf(binaries, larger());
    }
    binaries[size] = binary;
    return size++;
  }

  /** Beyond what is small there is a value for each row, or nearly so. */
  private int larger() {
    return size < FEW ? Math.max(64, 2 * size) : Math.max(2 * size, codes.length);
  }

  /** A column that was widened has files from before. */
  private static double asDouble(Dictionary dictionary, int id) {
    return dictionary instanceof PlainFloatDictionary
        ? dictionary.decodeToFloat(id)
        : dictionary.decodeToDouble(id);
  }

  private static long asLong(Dictionary dictionary, int id) {
    return dictionary instanceof PlainIntegerDictionary
        ? dictionary.decodeToInt(id)
        : dictionary.decodeToLong(id);
  }

  private void keepDecimal(Dictionary dictionary, int id) {
    switch (dictionary) {
      case PlainIntegerDictionary ints -> keep(ints.decodeToInt(id));
      case PlainLongDictionary longs -> keep(longs.decodeToLong(id));
      default -> keep(dictionary.decodeToBinary(id).copy());
    }
  }
}
