package io.sluice.iceberg.measure;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A row with a field of every kind that is measured, some of them null. */
record Reading(
    long id,
    long at,
    Optional<String> site,
    Optional<Double> value,
    int cents,
    Optional<Integer> room) {
  /** Milliseconds. */
  static final long DAY = 86_400_000;

  /** The time of the first that may be. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final String[] SITES = {"eu-1", "eu-2", "us-10", "tokyo", "Zürich 😀"};

  static Reading random(Random random, long id) {
    return new Reading(
        id,
        START.toEpochMilli() + random.nextLong(3 * DAY),
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(SITES[random.nextInt(SITES.length)]),
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(random.nextGaussian() * 1e3),
        random.nextInt(1_000),
        random.nextBoolean() ? Optional.of(random.nextInt(7) - 3) : Optional.empty());
  }

  boolean isAtEu2() {
    return site.equals(Optional.of("eu-2"));
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"id\":%d,\"at\":%d,\"site\":%s,\"value\":%s,\"price\":%d.%02d,\"place\":%s}",
        id,
        at,
        site.map(text -> '"' + text + '"').orElse("null"),
        value.map(String::valueOf).orElse("null"),
        cents / 100,
        cents % 100,
        room.map(number -> "{\"room\":" + number + "}").orElse("null"));
  }
}
