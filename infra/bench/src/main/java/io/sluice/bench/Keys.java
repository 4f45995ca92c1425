package io.sluice.bench;

import java.time.Instant;

/** How the keys of made-up orders lie among their days: 36 characters each, the same every time. */
enum Keys {
  /** Beginning with the millisecond, as a UUID of version 7 does. */
  CLUSTERED,
  /** As a UUID of version 4 does. */
  RANDOM;

  /** Rows of a day. */
  static final int ROWS_A_DAY = 1_000_000;

  /** When the first day begins. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final int JITTER_MICROS = 60_000_000;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** When row {@code number} happened, in microseconds: rows of a day stand nearly in order. */
  static long micros(long number) {
    long inOrder = number * (DAY_MICROS / ROWS_A_DAY);
    long jitter = (mix(number) >>> 1) % JITTER_MICROS;
    long dayStart = number / ROWS_A_DAY * DAY_MICROS;
    long time = Math.min(inOrder + jitter, dayStart + DAY_MICROS - 1);
    return START.toEpochMilli() * 1000 + time;
  }

  /** The key of row {@code number}; none is in two worlds. */
  String key(long number, int world) {
    long low = mix(number * 31 + world);
    long high = mix(low ^ 0x5bd1e995);
    if (this == CLUSTERED) {
      high = (micros(number) / 1000) << 16 | (high & 0xfff) | 0x7000;
    }
    char[] text = new char[36];
    int at = 0;
    for (int digit = 0; digit < 32; digit++) {
      if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
        text[at++] = '-';
      }
      long word = digit < 16 ? high : low;
      text[at++] = HEX[(int) (word >>> (60 - 4 * (digit & 15))) & 15];
    }
    return new String(text);
  }

  /** The finalizer of SplitMix64: every number another one. */
  static long mix(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
