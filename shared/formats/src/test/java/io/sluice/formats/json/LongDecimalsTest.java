package io.sluice.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LongDecimalsTest {
  private static final int VALUES = 300_000;
  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private static void isExact(long digits, int power) {
    double expected = Double.parseDouble(digits + "e" + power);
    if (Double.compare(LongDecimals.value(digits, power), expected) != 0) {
      assertThat(LongDecimals.value(digits, power)).as("%de%d", digits, power).isEqualTo(expected);
    }
  }

  @Test
  void roundsAsJavaDoes() {
    // Given
    Random random = new Random(1517363399650L);

    for (int i = 0; i < VALUES; i++) {
      // When, Then
      int power = random.nextInt(2 * LongDecimals.MAX_POWER + 1) - LongDecimals.MAX_POWER;
      isExact(random.nextLong(1, LIMIT) >> random.nextInt(59) | 1, power);
    }
  }

  /** Halves between two doubles, and the numbers beside them, are where rounding goes wrong. */
  @Test
  void roundsHalvesToEven() {
    // Given
    Random random = new Random(7);

    for (int i = 0; i < VALUES; i++) {
      // When, Then
      long half = ((1L << 53) + (random.nextLong(1L << 53) | 1)) << random.nextInt(6);
      isExact(half, 0);
      isExact(half + 1, 0);
      isExact(half - 1, 0);
      int power = random.nextInt(1, 5);
      long scale = Math.round(Math.pow(10, power));
      long fraction = (1L << (53 - 3 * power)) + random.nextLong(1L << (53 - 3 * power));
      isExact(fraction * scale + scale / 2, -power);
    }
  }

  @Test
  void roundsWhatDoublesPrint() {
    // Given
    Random random = new Random(2026);

    for (int i = 0; i < VALUES; i++) {
      // When, Then
      double value = random.nextDouble() * 30;
      String text = String.valueOf(value);
      if (text.indexOf('E') < 0) {
        int point = text.indexOf('.');
        long digits = Long.parseLong(text.replace(".", ""));
        if (digits > 0) {
          isExact(digits, point + 1 - text.length());
        }
      }
    }
  }

  @Test
  void knowsTheNumbersAtTheEdges() {
    for (int power = -LongDecimals.MAX_POWER; power <= LongDecimals.MAX_POWER; power++) {
      for (long digits :
          new long[] {1, 2, 9, LIMIT - 1, (1L << 53) - 1, 1L << 53, (1L << 53) + 1}) {
        isExact(digits, power);
      }
    }
  }
}
