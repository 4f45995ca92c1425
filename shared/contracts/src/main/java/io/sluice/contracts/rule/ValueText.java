package io.sluice.contracts.rule;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What was found, as people would write it. */
final class ValueText {
  private ValueText() {}

  static String of(@Nullable Object value, Schema type) {
    return switch (value) {
      case null -> "null";
      case Collection<?> elements -> elements.size() + " elements";
      case Map<?, ?> entries -> entries.size() + " entries";
      case Integer number when type.getLogicalType() instanceof LogicalTypes.Date ->
          LocalDate.ofEpochDay(number).toString();
      case Long number when type.getLogicalType() != null -> time(number, type);
      case Object raw when type.getLogicalType() instanceof LogicalTypes.Decimal decimal ->
          Quantity.decimal(raw, decimal).toPlainString();
      case ByteBuffer bytes -> bytes.remaining() + " bytes";
      case CharSequence text -> '"' + text.toString() + '"';
      default -> value.toString();
    };
  }

  private static String time(long number, Schema type) {
    ChronoUnit unit =
        type.getLogicalType() instanceof LogicalTypes.TimestampMillis
            ? ChronoUnit.MILLIS
            : ChronoUnit.MICROS;
    try {
      return Instant.EPOCH.plus(number, unit).toString();
    } catch (DateTimeException | ArithmeticException e) {
      return Long.toString(number);
    }
  }
}
