package io.sluice.formats.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * Numbers from their bytes, exactly. Integers have no fraction and no exponent. Floating numbers
 * are correctly rounded: where digits and power of ten are both exact in a double, by one operation
 * (Clinger, "How to Read Floating Point Numbers Accurately", 1990), else by {@link LongDecimals},
 * or by the parser that Jackson has.
 */
final class JsonNumber {
  /** So many digits are always in the range of a long. */
  private static final int SAFE_DIGITS = 18;

  private static final long MAX_EXACT = 1L << 53;
  private static final int MAX_EXACT_POWER = 22;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final char[] characters = new char[JsonBytes.MAX_NUMBER_CHARACTERS];

  private boolean negative;
  private boolean integer;
  private long digits;
  private int significant;
  private int power;

  /** Goes behind an integer of 64 bits. */
  static long longValue(JsonBytes in) {
    int start = in.position();
    boolean negative = in.peek() == '-';
    if (negative) {
      in.advance(1);
    }
    int firstDigit = in.position();
    long value = 0;
    int b = in.peek();
    while (b >= '0' && b <= '9') {
      value = value * 10 + (b - '0');
      in.advance(1);
      b = in.peek();
    }
    int count = in.position() - firstDigit;
    if (count == 0 || (count > 1 && in.bytes()[firstDigit] == '0')) {
      throw StepAside.NOW;
    }
    return count <= SAFE_DIGITS ? negative ? -value : value : parsed(in, start);
  }

  private static long parsed(JsonBytes in, int start) {
    if (in.position() - start > JsonBytes.MAX_NUMBER_CHARACTERS) {
      throw StepAside.NOW;
    }
    try {
      return Long.parseLong(new String(in.bytes(), start, in.position() - start, ISO_8859_1));
    } catch (NumberFormatException e) {
      throw StepAside.NOW;
    }
  }

  /** Goes behind any number. */
  void skip(JsonBytes in) {
    scan(in);
  }

  /** Goes behind a number that is finite as a double. */
  double doubleValue(JsonBytes in) {
    int start = in.position();
    scan(in);
    if (significant <= SAFE_DIGITS) {
      if (integer) {
        double value = digits;
        return negative ? -value : value;
      }
      if (digits <= MAX_EXACT && Math.abs(power) <= MAX_EXACT_POWER) {
        double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
        return negative ? -value : value;
      }
      if (digits != 0 && Math.abs(power) <= LongDecimals.MAX_POWER) {
        double value = LongDecimals.value(digits, power);
        return negative ? -value : value;
      }
    }
    double value = NumberInput.parseDouble(characters, 0, copy(in, start), true);
    if (Double.isInfinite(value)) {
      throw StepAside.NOW;
    }
    return value;
  }

  /** Goes behind a number that is finite as a float. */
  float floatValue(JsonBytes in) {
    int start = in.position();
    scan(in);
    if (integer && significant <= SAFE_DIGITS) {
      float value = digits;
      return negative ? -value : value;
    }
    float value = NumberInput.parseFloat(new String(characters, 0, copy(in, start)), true);
    if (Float.isInfinite(value)) {
      throw StepAside.NOW;
    }
    return value;
  }

  /**
   * Goes behind a number, and keeps its digits and its power of ten. More digits than a long holds
   * are not kept, only counted.
   */
  private void scan(JsonBytes in) {
    int start = in.position();
    negative = in.peek() == '-';
    if (negative) {
      in.advance(1);
    }
    digits = 0;
    significant = 0;
    power = 0;
    integer = true;
    int first = in.peek();
    if (digits(in) > 1 && first == '0') {
      throw StepAside.NOW;
    }
    if (in.peek() == '.') {
      in.advance(1);
      integer = false;
      power = -digits(in);
    }
    int b = in.peek();
    if (b == 'e' || b == 'E') {
      in.advance(1);
      integer = false;
      power += exponent(in);
    }
    if (in.position() - start > JsonBytes.MAX_NUMBER_CHARACTERS) {
      throw StepAside.NOW;
    }
  }

  /** Goes behind digits, of which there is at least one, and says how many. */
  private int digits(JsonBytes in) {
    int start = in.position();
    int b = in.peek();
    while (b >= '0' && b <= '9') {
      digits = digits * 10 + (b - '0');
      significant += digits == 0 ? 0 : 1;
      in.advance(1);
      b = in.peek();
    }
    if (in.position() == start) {
      throw StepAside.NOW;
    }
    return in.position() - start;
  }

  private static int exponent(JsonBytes in) {
    int sign = in.peek();
    if (sign == '+' || sign == '-') {
      in.advance(1);
    }
    int start = in.position();
    int value = 0;
    int b = in.peek();
    while (b >= '0' && b <= '9') {
      value = Math.min(value * 10 + (b - '0'), 1 << 20);
      in.advance(1);
      b = in.peek();
    }
    if (in.position() == start) {
      throw StepAside.NOW;
    }
    return sign == '-' ? -value : value;
  }

  private int copy(JsonBytes in, int start) {
    int length = in.position() - start;
    for (int i = 0; i < length; i++) {
      characters[i] = (char) in.bytes()[start + i];
    }
    return length;
  }
}
