package io.sluice.formats.rendering;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times that a file counts in a unit of its own. Where the contract counts the same way,
 * or does not count time at all, they are numbers; where it counts in another unit they are ISO
 * 8601, which says what they are. Times without a zone are taken for UTC.
 */
public final class Moments {
  private Moments() {}

  /** Whether a value of {@code written} must say its unit to be read as {@code wanted}. */
  public static boolean differ(@Nullable String written, @Nullable Schema wanted) {
    LogicalType type = wanted == null ? null : wanted.getLogicalType();
    return written != null
        && type != null
        && (type.getName().equals("date") || type.getName().startsWith("timestamp-"))
        && !written.replace("local-", "").equals(type.getName());
  }

  /** A number of the logical type {@code written}, in ISO 8601 where it is a date or a moment. */
  public static String text(String written, long value) {
    return switch (written.replace("local-", "")) {
      case "date" -> day(value);
      case "timestamp-millis" -> Instant.ofEpochMilli(value).toString();
      case "timestamp-micros" -> Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString();
      case "timestamp-nanos" -> Instant.EPOCH.plus(value, ChronoUnit.NANOS).toString();
      default -> written + " " + value;
    };
  }

  private static String day(long value) {
    return value == (int) value ? LocalDate.ofEpochDay(value).toString() : "day " + value;
  }
}
