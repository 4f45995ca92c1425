package io.sluice.core.gate;

import io.sluice.core.id.FieldPath;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A question about columns. Texts are compared as text, numbers and booleans in their shortest
 * form, dates as {@code yyyy-mm-dd}, timestamps in ISO 8601 in UTC.
 */
public sealed interface ColumnMeasure {
  /** The columns it needs. */
  List<FieldPath> fields();

  /** Measures of one column without parameters. */
  enum Kind {
    /** The share of rows in which it is null. */
    NULL_RATE,
    /** How many different values it has. */
    DISTINCT,
    /** The least value; of times, in seconds since 1970. */
    LEAST,
    /** The greatest value; of times, in seconds since 1970. */
    GREATEST,
    /** The arithmetic mean. */
    MEAN
  }

  /** One of these kinds. */
  record Statistic(Kind kind, FieldPath field) implements ColumnMeasure {
    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }
  }

  /** The share of values, without nulls, that are in the set. */
  record InSet(FieldPath field, Set<String> values) implements ColumnMeasure {
    /** Copies the values. */
    public InSet {
      values = Collections.unmodifiableSet(new TreeSet<>(values));
    }

    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }
  }

  /** The share of texts, without nulls, that match the whole of the RE2 pattern. */
  record Matching(FieldPath field, String pattern) implements ColumnMeasure {
    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }
  }

  /**
   * The length in characters of the longest text; of the shortest, where {@code bounds} has a least
   * and the longest does not break its most.
   */
  record Length(FieldPath field, Bounds bounds) implements ColumnMeasure {
    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }
  }

  /** Different keys over rows whose key has no null: 1 when no two rows share one. */
  record Uniqueness(List<FieldPath> fields) implements ColumnMeasure {
    /** Copies the fields. */
    public Uniqueness {
      fields = List.copyOf(fields);
    }
  }

  /** The share of times, without nulls, before {@code time}. */
  record Before(FieldPath field, Instant time) implements ColumnMeasure {
    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }
  }

  /** The distribution of the values, nulls included; its measurement's value is their number. */
  record Spread(FieldPath field) implements ColumnMeasure {
    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }
  }
}
