package io.sluice.iceberg.measure;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Base64;

/** Column values as gates compare them: as text, as a hash. */
final class Values {
  /** Odd, and its bits are spread evenly: 2^64 over the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Values() {}

  /** The text that a declaration would write it as. */
  static String text(Object value) {
    return switch (value) {
      case CharSequence text -> text.toString();
      case Float number -> plain(BigDecimal.valueOf(number));
      case Double number when Double.isFinite(number) -> plain(BigDecimal.valueOf(number));
      case BigDecimal number -> plain(number);
      case OffsetDateTime time -> time.toInstant().toString();
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC).toString();
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case ByteBuffer bytes -> Base64.getEncoder().encodeToString(bytes(bytes));
      default -> value.toString();
    };
  }

  /** 64 bits in which two values of one column hardly ever agree; equal values always do. */
  static long hash(Object value) {
    return switch (value) {
      case Integer number -> hash(number.longValue());
      case Long number -> hash(number.longValue());
      case Float number -> hash(number.doubleValue());
      case Double number -> hash(number.doubleValue());
      case OffsetDateTime time -> hash(time.toEpochSecond() * 1_000_000_000L + time.getNano());
      case LocalDateTime time -> hash(time.atOffset(ZoneOffset.UTC));
      case LocalTime time -> hash(time.getLong(ChronoField.MICRO_OF_DAY));
      default -> hash(text(value));
    };
  }

  /** The hash of a whole number; of a time, its nanoseconds since 1970 or microseconds a day. */
  static long hash(long number) {
    return mix(number);
  }

  /** The hash of a number with a fraction. */
  static long hash(double number) {
    return mix(Double.doubleToLongBits(number));
  }

  /** The hash of a key, whose parts come in order; 0 is the key of no parts. */
  static long combine(long key, long part) {
    return mix(key * 31 + part);
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * SPREAD;
      hash ^= hash >>> 32;
    }
    return mix(hash);
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long hash = value + SPREAD;
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return hash ^ hash >>> 33;
  }

  /** Seconds since 1970. */
  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
