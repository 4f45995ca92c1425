package io.sluice.local.infer;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen at one place of the samples, in memory that their number does not matter to but
 * for the distinct values of a place that may be a key.
 */
final class SeenValue {
  /** More fields than a contract that people maintain has: names that are data. */
  static final int MAX_FIELDS = 2_000;

  /** Above so many values a field is no partition. */
  static final int MAX_DISTINCT = 100;

  private final Fields budget;
  private final Map<String, SeenValue> children = new LinkedHashMap<>();
  private final Map<Kind, Long> kinds = new TreeMap<>();
  private final Set<Long> fingerprints = new HashSet<>();
  private @Nullable SeenValue elements;
  private long values;
  private long nulls;
  private boolean unique = true;
  private boolean hasTooMany;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  private SeenValue(Fields budget) {
    this.budget = budget;
    budget.take();
  }

  /** Nothing, at the top. */
  static SeenValue nothing() {
    return new SeenValue(new Fields());
  }

  /** What a value is, by itself. */
  enum Kind {
    BOOLEAN,
    WHOLE,
    DECIMAL,
    DATE,
    MILLIS,
    MICROS,
    UUID,
    TEXT,
    OBJECT,
    ARRAY
  }

  void add(JsonNode value) {
    if (value.isNull()) {
      nulls++;
      return;
    }
    values++;
    Kind kind = Scalar.kind(value);
    kinds.merge(kind, 1L, Long::sum);
    switch (kind) {
      case OBJECT ->
          value
              .properties()
              .forEach(
                  field ->
                      children
                          .computeIfAbsent(field.getKey(), key -> new SeenValue(budget))
                          .add(field.getValue()));
      case ARRAY -> {
        SeenValue within = elements == null ? new SeenValue(budget) : elements;
        elements = within;
        value.forEach(within::add);
      }
      case WHOLE, DECIMAL -> {
        least = Math.min(least, value.doubleValue());
        most = Math.max(most, value.doubleValue());
        remember(value.asText());
      }
      case BOOLEAN, DATE, MILLIS, MICROS, UUID, TEXT -> remember(value.asText());
    }
  }

  private void remember(String text) {
    if (!hasTooMany) {
      unique &= fingerprints.add(Scalar.fingerprint(text));
      if (!unique && fingerprints.size() > MAX_DISTINCT) {
        hasTooMany = true;
        fingerprints.clear();
      }
    }
  }

  /** How many different values there are; none when there are more than a partition bears. */
  int distinct() {
    return fingerprints.size() > MAX_DISTINCT ? 0 : fingerprints.size();
  }

  /** Its fields, in the order in which they were first seen. */
  Map<String, SeenValue> children() {
    return children;
  }

  @Nullable SeenValue elements() {
    return elements;
  }

  /** How many were there and not null. */
  long values() {
    return values;
  }

  long nulls() {
    return nulls;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  /** Whether no two values were alike. */
  boolean isUnique() {
    return unique;
  }

  /** The kind that holds all values, if one does; else that of most of them. */
  Kind kind() {
    Set<Kind> seen = kinds.keySet();
    if (seen.isEmpty()) {
      return Kind.TEXT;
    }
    if (Set.of(Kind.WHOLE, Kind.DECIMAL).containsAll(seen)) {
      return seen.contains(Kind.DECIMAL) ? Kind.DECIMAL : Kind.WHOLE;
    }
    if (Set.of(Kind.MILLIS, Kind.MICROS).containsAll(seen)) {
      return seen.contains(Kind.MICROS) ? Kind.MICROS : Kind.MILLIS;
    }
    if (seen.size() == 1) {
      return seen.iterator().next();
    }
    if (Set.of(Kind.DATE, Kind.MILLIS, Kind.MICROS, Kind.UUID, Kind.TEXT).containsAll(seen)) {
      return Kind.TEXT;
    }
    return kinds.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** How often each kind was seen, when no type holds them all; otherwise empty. */
  String contradiction() {
    Kind kind = kind();
    long held =
        switch (kind) {
          case DECIMAL -> count(Kind.DECIMAL) + count(Kind.WHOLE);
          case MICROS -> count(Kind.MICROS) + count(Kind.MILLIS);
          case TEXT ->
              count(Kind.TEXT)
                  + count(Kind.DATE)
                  + count(Kind.MILLIS)
                  + count(Kind.MICROS)
                  + count(Kind.UUID);
          case BOOLEAN, WHOLE, DATE, MILLIS, UUID, OBJECT, ARRAY -> count(kind);
        };
    return held == values ? "" : kinds.toString().toLowerCase(Locale.ROOT);
  }

  private long count(Kind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  private static final class Fields {
    private int taken;

    void take() {
      taken++;
      if (taken > MAX_FIELDS) {
        throw new ConfigurationFailure(
            "Cannot infer a contract: the samples have more than " + MAX_FIELDS + " fields");
      }
    }
  }
}
