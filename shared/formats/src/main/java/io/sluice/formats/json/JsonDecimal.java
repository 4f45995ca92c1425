package io.sluice.formats.json;

import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowType;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;

/** Decimals of up to 18 digits, from a number or a string, without an exponent. */
final class JsonDecimal implements JsonReader {
  private static final int MAX_DIGITS = 18;

  /** Ten times less than a number of one digit too many. */
  private static final long MAX_BEFORE_SCALING = powerOfTen(MAX_DIGITS - 1);

  private final JsonBytes in;
  private final FlatRow row;
  private final RowType.Single type;
  private final int scale;
  private final long limit;

  JsonDecimal(JsonBytes in, FlatRow row, RowType.Single type, LogicalTypes.Decimal decimal) {
    this.in = in;
    this.row = row;
    this.type = type;
    this.scale = decimal.getScale();
    this.limit = powerOfTen(Math.min(decimal.getPrecision(), MAX_DIGITS));
  }

  @Override
  public void read(int repetition) {
    long unscaled = in.peek() == '"' ? quoted() : unscaled();
    row.column(type.column()).add(repetition, type.place().definition(), bytes(unscaled));
  }

  private long quoted() {
    in.expect('"');
    long unscaled = unscaled();
    if (in.peek() != '"') {
      throw StepAside.NOW;
    }
    in.advance(1);
    return unscaled;
  }

  private long unscaled() {
    boolean negative = in.peek() == '-';
    if (negative) {
      in.advance(1);
    }
    int first = in.peek();
    int start = in.position();
    long value = digits(0);
    int integerDigits = in.position() - start;
    if (integerDigits > 1 && first == '0') {
      throw StepAside.NOW;
    }
    int fractionDigits = 0;
    if (in.peek() == '.') {
      in.advance(1);
      int point = in.position();
      value = digits(value);
      fractionDigits = in.position() - point;
    }
    int exponent = in.peek();
    if (integerDigits + fractionDigits > MAX_DIGITS || exponent == 'e' || exponent == 'E') {
      throw StepAside.NOW;
    }
    long scaled = rescaled(value, fractionDigits);
    return negative ? -scaled : scaled;
  }

  private long digits(long before) {
    int start = in.position();
    long value = before;
    int b = in.peek();
    while (b >= '0' && b <= '9') {
      value = value * 10 + (b - '0');
      in.advance(1);
      b = in.peek();
    }
    if (in.position() == start) {
      throw StepAside.NOW;
    }
    return value;
  }

  private long rescaled(long value, int fractionDigits) {
    if (value == 0) {
      return 0;
    }
    long scaled = value;
    for (int i = fractionDigits; i > scale; i--) {
      if (scaled % 10 != 0) {
        throw StepAside.NOW;
      }
      scaled /= 10;
    }
    for (int i = fractionDigits; i < scale; i++) {
      if (scaled >= MAX_BEFORE_SCALING) {
        throw StepAside.NOW;
      }
      scaled *= 10;
    }
    if (scaled >= limit) {
      throw StepAside.NOW;
    }
    return scaled;
  }

  /** Two's complement, big-endian: as short as can be, or as long as a fixed wants it. */
  private long bytes(long unscaled) {
    int length =
        type.kind() == RowType.Kind.FIXED
            ? type.schema().getFixedSize()
            : (Long.SIZE - Long.numberOfLeadingZeros(unscaled ^ (unscaled >> 63))) / Byte.SIZE + 1;
    int start = row.reserve(length);
    byte[] out = row.made();
    long left = unscaled;
    for (int i = length - 1; i >= 0; i--) {
      out[start + i] = (byte) left;
      left >>= Byte.SIZE;
    }
    return row.keep(length);
  }

  private static long powerOfTen(int exponent) {
    return BigInteger.TEN.pow(exponent).longValueExact();
  }
}
