package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The decoders of dates and timestamps, within the years 1 to 9999 that SQL engines share. */
final class Times {
  private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private Times() {}

  static @Nullable Object millis(Decoding in) throws IOException {
    return timestamp(in, ChronoUnit.MILLIS, "timestamp-millis");
  }

  static @Nullable Object micros(Decoding in) throws IOException {
    return timestamp(in, ChronoUnit.MICROS, "timestamp-micros");
  }

  static @Nullable Object date(Decoding in) throws IOException {
    long day;
    if (in.at(JsonToken.VALUE_STRING)) {
      try {
        day = LocalDate.parse(in.parser().getText()).toEpochDay();
      } catch (DateTimeException e) {
        return in.refuse("format", "a date, yyyy-mm-dd");
      }
    } else if (!in.at(JsonToken.VALUE_NUMBER_INT)) {
      return in.wrongType("a date");
    } else if (in.parser().getNumberType() == NumberType.BIG_INTEGER) {
      return in.refuse("range", "a date of the years 1 to 9999");
    } else {
      day = in.parser().getLongValue();
    }
    return day >= MIN_DAY && day <= MAX_DAY
        ? (Object) Math.toIntExact(day)
        : in.refuse("range", "a date of the years 1 to 9999");
  }

  private static @Nullable Object timestamp(Decoding in, ChronoUnit unit, String expected)
      throws IOException {
    String inRange = expected + " of the years 1 to 9999";
    if (in.at(JsonToken.VALUE_STRING)) {
      Instant instant;
      try {
        instant =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(in.parser().getText(), Instant::from);
      } catch (DateTimeException e) {
        return in.refuse("format", expected + ", ISO-8601 with an offset");
      }
      if (instant.isBefore(MIN) || instant.isAfter(MAX)) {
        return in.refuse("range", inRange);
      }
      return instant.equals(instant.truncatedTo(unit))
          ? (Object) unit.between(Instant.EPOCH, instant)
          : in.refuse("precision", expected);
    }
    if (!in.at(JsonToken.VALUE_NUMBER_INT)) {
      return in.wrongType(expected);
    }
    if (in.parser().getNumberType() == NumberType.BIG_INTEGER) {
      return in.refuse("range", inRange);
    }
    long value = in.parser().getLongValue();
    return value >= unit.between(Instant.EPOCH, MIN) && value <= unit.between(Instant.EPOCH, MAX)
        ? (Object) value
        : in.refuse("range", inRange);
  }
}
