package io.sluice.iceberg.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.types.Type;

/**
 * What 64 bits stand for a value in: a number for itself, bytes for their XXH64. Values of other
 * types are not scanned. A number stands for itself however wide its file has it.
 */
public enum ValueKind {
  /** Whole numbers, days since 1970, microseconds since 1970. */
  NUMBER,
  /** Texts in UTF-8, bytes. */
  BYTES,
  /** Sixteen bytes, the highest first. */
  UUID;

  /** The kind of the values of {@code type}. */
  public static Optional<ValueKind> of(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIMESTAMP -> Optional.of(NUMBER);
      case STRING, BINARY, FIXED -> Optional.of(BYTES);
      case UUID -> Optional.of(UUID);
      default -> Optional.empty();
    };
  }

  /** The 64 bits of a value of a row. */
  public static long bits(Object value) {
    return switch (value) {
      case Integer number -> number;
      case Long number -> number;
      case LocalDate date -> date.toEpochDay();
      case OffsetDateTime time -> ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
      case LocalDateTime time ->
          ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
      default -> {
        byte[] bytes = bytes(value);
        yield XxHash64.of(bytes, 0, bytes.length);
      }
    };
  }

  /** Whether a value of a row is a number. */
  static boolean isNumber(Object value) {
    return value instanceof Number
        || value instanceof LocalDate
        || value instanceof OffsetDateTime
        || value instanceof LocalDateTime;
  }

  static byte[] bytes(Object value) {
    return switch (value) {
      case CharSequence text -> text.toString().getBytes(StandardCharsets.UTF_8);
      case byte[] bytes -> bytes;
      case ByteBuffer buffer -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield bytes;
      }
      case UUID uuid ->
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array();
      default -> throw new IllegalStateException("No column that is scanned holds a " + value);
    };
  }

  /** The 64 bits of a row of which all values but the last came to {@code row}; 0 at first. */
  public static long combine(long row, long value) {
    long hash = (row * 31 + value) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return hash ^ hash >>> 32;
  }
}
