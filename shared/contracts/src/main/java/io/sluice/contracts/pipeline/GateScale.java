package io.sluice.contracts.pipeline;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the bounds of a gate are written. */
enum GateScale {
  /** A part of a whole, where less is better. */
  SHARE("a share from 0 to 1 is wanted"),
  /** A part of a whole, where more is better: a most would be mistaken. */
  GOOD_SHARE("a share from 0 to 1 is wanted"),
  /** How many, or how far. */
  COUNT("a number of 0 or more is wanted"),
  /** A value of a column of numbers. */
  NUMBER("a number is wanted"),
  /** A value of a column of times, kept in seconds since 1970. */
  TIME("a date or a time in UTC is wanted, as 2026-01-31 or 2026-01-31T12:00:00Z"),
  /** How long, kept in seconds. */
  DURATION("a duration is wanted, as 90s, 15m, 6h or 7d");

  private static final Pattern NUMERAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?");
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})([smhd])");

  private final String wanted;

  GateScale(String wanted) {
    this.wanted = wanted;
  }

  /** What should have been written, for people. */
  String wanted() {
    return wanted;
  }

  /** The bound that {@code text} says; none when it says none. */
  Optional<Double> read(String text) {
    return switch (this) {
      case SHARE, GOOD_SHARE -> number(text).filter(share -> share >= 0 && share <= 1);
      case COUNT -> number(text).filter(count -> count >= 0);
      case NUMBER -> number(text);
      case TIME -> time(text).map(time -> time.getEpochSecond() + time.getNano() / 1e9);
      case DURATION -> duration(text).map(length -> (double) length.toSeconds());
    };
  }

  /** The duration that {@code text} says: a whole number and one of s, m, h, d. */
  static Optional<Duration> duration(String text) {
    Matcher match = LENGTH.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  private static Optional<Double> number(String text) {
    return NUMERAL.matcher(text.toLowerCase(Locale.ROOT)).matches()
        ? Optional.of(Double.parseDouble(text)).filter(Double::isFinite)
        : Optional.empty();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          text.length() == "2026-01-31".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
