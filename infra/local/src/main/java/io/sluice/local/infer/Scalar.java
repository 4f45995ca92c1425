package io.sluice.local.infer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** What single JSON values look like. */
final class Scalar {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  private Scalar() {}

  static SeenValue.Kind kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> SeenValue.Kind.OBJECT;
      case ARRAY -> SeenValue.Kind.ARRAY;
      case BOOLEAN -> SeenValue.Kind.BOOLEAN;
      case NUMBER ->
          value.isIntegralNumber() && value.canConvertToLong()
              ? SeenValue.Kind.WHOLE
              : SeenValue.Kind.DECIMAL;
      case STRING, BINARY, MISSING, NULL -> text(value.asText());
    };
  }

  private static SeenValue.Kind text(String text) {
    if (UUID.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      return SeenValue.Kind.UUID;
    }
    try {
      if (DATE.matcher(text).matches()) {
        return isInRange(LocalDate.parse(text).getYear())
            ? SeenValue.Kind.DATE
            : SeenValue.Kind.TEXT;
      }
      Instant instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
      if (!isInRange(instant.atZone(ZoneOffset.UTC).getYear())) {
        return SeenValue.Kind.TEXT;
      }
      if (instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
        return SeenValue.Kind.MILLIS;
      }
      return instant.equals(instant.truncatedTo(ChronoUnit.MICROS))
          ? SeenValue.Kind.MICROS
          : SeenValue.Kind.TEXT;
    } catch (DateTimeException e) {
      return SeenValue.Kind.TEXT;
    }
  }

  private static boolean isInRange(int year) {
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }

  /** 64 bits: a false repetition among a million values has odds of one to 37 million. */
  static long fingerprint(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
