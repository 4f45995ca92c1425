package io.sluice.contracts.rule;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Numbers, dates and timestamps as one kind of number: that which the raw Avro value is. */
final class Quantity {
  /** More digits before the point than a double has: exact arithmetic beyond takes its toll. */
  private static final int MAX_DIGITS = 400;

  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Quantity() {}

  /**
   * The number that {@code text} is for a field of {@code type}.
   *
   * @throws IllegalArgumentException with what is wanted
   */
  static BigDecimal parse(String text, Schema type) {
    LogicalType logical = type.getLogicalType();
    try {
      return switch (logical) {
        case LogicalTypes.Date ignored -> BigDecimal.valueOf(LocalDate.parse(text).toEpochDay());
        case LogicalTypes.TimestampMillis ignored -> instant(text, NANOS_PER_MILLI);
        case LogicalTypes.TimestampMicros ignored -> instant(text, NANOS_PER_MICRO);
        case null, default -> number(text);
      };
    } catch (DateTimeException | ArithmeticException e) {
      String wanted =
          logical instanceof LogicalTypes.Date
              ? "a date, yyyy-mm-dd"
              : "a time, ISO-8601 with an offset";
      throw new IllegalArgumentException(text + " is not " + wanted, e);
    }
  }

  /** The exact value of a decimal. */
  static BigDecimal decimal(Object raw, LogicalTypes.Decimal type) {
    byte[] unscaled;
    if (raw instanceof GenericFixed fixed) {
      unscaled = fixed.bytes();
    } else {
      ByteBuffer bytes = ((ByteBuffer) raw).duplicate();
      unscaled = new byte[bytes.remaining()];
      bytes.get(unscaled);
    }
    return new BigDecimal(new BigInteger(unscaled), type.getScale());
  }

  private static BigDecimal number(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + " is not a number", e);
    }
    if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
      throw new IllegalArgumentException(text + " is beyond every number");
    }
    return number;
  }

  private static BigDecimal instant(String text, int nanosPerUnit) {
    Instant instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    return BigDecimal.valueOf(instant.getEpochSecond())
        .scaleByPowerOfTen(9)
        .add(BigDecimal.valueOf(instant.getNano()))
        .divide(BigDecimal.valueOf(nanosPerUnit));
  }
}
