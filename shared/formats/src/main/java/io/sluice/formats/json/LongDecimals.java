package io.sluice.formats.json;

import java.math.BigInteger;

/**
 * Correctly rounded doubles of many digits: D. Lemire, "Number Parsing at a Gigabyte per Second"
 * (2021), after M. Eisel. Digits are multiplied by 128 bits of a power of five; powers so near to
 * one need no way out (N. Mushtak and D. Lemire, "Fast Number Parsing Without Fallback", 2023).
 */
final class LongDecimals {
  /** 27: where 5^27 still fits into 64 bits; what people write has fewer decimals. */
  static final int MAX_POWER = 27;

  private static final int TABLE_BITS = 128;

  /** Bits that are cut off below those of a double and two to round by: when all are set. */
  private static final long CUT_BITS = 0x1ff;

  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;

  /** Exact halves between two doubles have no more decimals, or powers of ten, than these. */
  private static final int MIN_HALF_POWER = -4;

  private static final int MAX_HALF_POWER = 23;

  private static final long[] HIGH = new long[2 * MAX_POWER + 1];
  private static final long[] LOW = new long[2 * MAX_POWER + 1];

  static {
    for (int power = -MAX_POWER; power <= MAX_POWER; power++) {
      BigInteger bits = firstBits(power);
      HIGH[power + MAX_POWER] = bits.shiftRight(Long.SIZE).longValue();
      LOW[power + MAX_POWER] = bits.longValue();
    }
  }

  private LongDecimals() {}

  /** {@code digits}, which is positive, by ten to the {@code power}, at most 27 either way. */
  static double value(long digits, int power) {
    int leading = Long.numberOfLeadingZeros(digits);
    long shifted = digits << leading;
    long factor = HIGH[power + MAX_POWER];
    long high = Math.unsignedMultiplyHigh(shifted, factor);
    long low = shifted * factor;
    if ((high & CUT_BITS) == CUT_BITS) {
      long more = Math.unsignedMultiplyHigh(shifted, LOW[power + MAX_POWER]);
      low += more;
      if (Long.compareUnsigned(more, low) > 0) {
        high++;
      }
    }
    int upper = (int) (high >>> (Long.SIZE - 1));
    int cut = upper + Long.SIZE - MANTISSA_BITS - 3;
    long mantissa = high >>> cut;
    long exponent = binaryExponent(power) + upper - leading + EXPONENT_BIAS;
    boolean mayBeHalf =
        Long.compareUnsigned(low, 1) <= 0 && power >= MIN_HALF_POWER && power <= MAX_HALF_POWER;
    if (mayBeHalf && (mantissa & 3) == 1 && mantissa << cut == high) {
      mantissa--;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    // A mantissa that was rounded up to the next power of two carries into the exponent.
    return Double.longBitsToDouble(((exponent - 1) << MANTISSA_BITS) + mantissa);
  }

  /** The exponent of the first bit of ten to the {@code power}, counted from bit 63. */
  private static long binaryExponent(int power) {
    return ((217_706L * power) >> 16) + Long.SIZE - 1;
  }

  /** The first 128 bits of five to the {@code power}: cut off, or of a reciprocal rounded up. */
  private static BigInteger firstBits(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
    int length = five.bitLength();
    if (power >= 0) {
      return five.shiftLeft(TABLE_BITS - length);
    }
    int ceiling = five.subtract(BigInteger.ONE).bitLength();
    return BigInteger.ONE.shiftLeft(ceiling + TABLE_BITS - 1).divide(five).add(BigInteger.ONE);
  }
}
