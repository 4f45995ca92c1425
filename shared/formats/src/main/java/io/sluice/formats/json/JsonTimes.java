package io.sluice.formats.json;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Dates and times of the form that nearly everybody writes: {@code 2018-01-31T08:00:00.123Z}, with
 * seconds, upper case, and an offset of hours and minutes or Z.
 */
final class JsonTimes {
  private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 19;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MAX_OFFSET_HOURS = 17;

  private final JsonBytes in;
  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  JsonTimes(JsonBytes in) {
    this.in = in;
  }

  /** Days since 1970, from a number or a string. */
  long date() {
    long day;
    if (in.peek() == '"') {
      begin(DATE_LENGTH);
      day = day();
      finish();
    } else {
      day = JsonNumber.longValue(in);
    }
    return within(day, MIN_DAY, MAX_DAY);
  }

  /**
   * Units since 1970, from a number or a string.
   *
   * @param unitsPerSecond 1,000 or 1,000,000
   */
  long timestamp(int unitsPerSecond) {
    long value;
    if (in.peek() == '"') {
      begin(SECONDS_LENGTH + 1);
      value = instant(unitsPerSecond);
      finish();
    } else {
      value = JsonNumber.longValue(in);
    }
    long first = MIN_DAY * SECONDS_PER_DAY * unitsPerSecond;
    return within(value, first, (MAX_DAY + 1) * SECONDS_PER_DAY * unitsPerSecond - 1);
  }

  private void begin(int minLength) {
    end = in.plainString();
    at = in.stringStart();
    bytes = in.bytes();
    if (end - at < minLength) {
      throw StepAside.NOW;
    }
  }

  private void finish() {
    if (at != end) {
      throw StepAside.NOW;
    }
  }

  private long instant(int unitsPerSecond) {
    long days = day();
    expect('T');
    int hour = within(digits(2), 0, 23);
    expect(':');
    int minute = within(digits(2), 0, 59);
    expect(':');
    int second = within(digits(2), 0, 59);
    long fraction = fraction(unitsPerSecond);
    long seconds = days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    return (seconds - offsetSeconds()) * unitsPerSecond + fraction;
  }

  private long day() {
    int year = within(digits(4), 1, 9999);
    expect('-');
    int month = within(digits(2), 1, 12);
    expect('-');
    int day = within(digits(2), 1, 31);
    if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
      throw StepAside.NOW;
    }
    // Days from civil: years begin in March, so that a leap day is a year's last.
    int shifted = month > 2 ? year : year - 1;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long era = shifted / 400;
    int yearOfEra = shifted % 400;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** Digits finer than the unit must be zeros. */
  private long fraction(int unitsPerSecond) {
    if (at == end || bytes[at] != '.') {
      return 0;
    }
    at++;
    int start = at;
    long value = 0;
    int unit = unitsPerSecond;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      int digit = bytes[at++] - '0';
      unit /= 10;
      if (unit == 0 && digit != 0) {
        throw StepAside.NOW;
      }
      value += (long) digit * unit;
    }
    within(at - start, 1, MAX_FRACTION_DIGITS);
    return value;
  }

  private int offsetSeconds() {
    int sign = at < end ? bytes[at++] : 0;
    if (sign == 'Z') {
      return 0;
    }
    if (sign != '+' && sign != '-') {
      throw StepAside.NOW;
    }
    int hours = within(digits(2), 0, MAX_OFFSET_HOURS);
    expect(':');
    int seconds = hours * 3600 + within(digits(2), 0, 59) * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private int digits(int count) {
    if (end - at < count) {
      throw StepAside.NOW;
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = bytes[at++] - '0';
      if (digit < 0 || digit > 9) {
        throw StepAside.NOW;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private void expect(int wanted) {
    if (at == end || bytes[at++] != wanted) {
      throw StepAside.NOW;
    }
  }

  private static int within(int value, int min, int max) {
    return (int) within((long) value, min, max);
  }

  private static long within(long value, long min, long max) {
    if (value < min || value > max) {
      throw StepAside.NOW;
    }
    return value;
  }
}
