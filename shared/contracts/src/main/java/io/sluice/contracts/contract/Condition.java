package io.sluice.contracts.contract;

import java.util.List;

/** What a rule wants of a value. A null passes all of them but {@link NotNull}. */
public sealed interface Condition {
  /** One word: the key in {@code pipeline.yaml}, and the code of the error. */
  String code();

  /** What is wanted, for people; two conditions that differ say so here. */
  String expected();

  /** A value at all. */
  record NotNull() implements Condition {
    @Override
    public String code() {
      return "not_null";
    }

    @Override
    public String expected() {
      return "a value";
    }
  }

  /**
   * A number, date or timestamp between bounds, as they are written; one that is empty does not
   * bound.
   *
   * @param ends whether a value that equals a bound passes
   */
  record Range(String min, String max, Ends ends) implements Condition {
    @Override
    public String code() {
      return "range";
    }

    @Override
    public String expected() {
      boolean included = ends == Ends.INCLUDED;
      String from = min.isEmpty() ? "" : (included ? "at least " : "more than ") + min;
      String to = max.isEmpty() ? "" : (included ? "at most " : "less than ") + max;
      return from.isEmpty() || to.isEmpty() ? from + to : from + ", " + to;
    }
  }

  /** Whether a range has its ends. */
  enum Ends {
    /** A value that equals a bound passes. */
    INCLUDED,
    /** It does not. */
    EXCLUDED
  }

  /** Characters (code points) of a string, bytes, elements of an array, entries of a map. */
  record Length(long min, long max) implements Condition {
    @Override
    public String code() {
      return "length";
    }

    @Override
    public String expected() {
      return max == Long.MAX_VALUE ? "a length of " + min + " or more" : lengths();
    }

    private String lengths() {
      return min == max ? "a length of " + min : "a length from " + min + " to " + max;
    }
  }

  /** A string that the regular expression, in RE2's syntax, matches as a whole. */
  record Matches(String pattern) implements Condition {
    @Override
    public String code() {
      return "pattern";
    }

    @Override
    public String expected() {
      return "a match of " + pattern;
    }
  }

  /** One of these values, as they are written. */
  record OneOf(List<String> values) implements Condition {
    /** Copies the values. */
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public String code() {
      return "one_of";
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", values);
    }
  }

  /** Values, all fields together, that no accepted record before it in the batch has. */
  record UniqueInBatch() implements Condition {
    @Override
    public String code() {
      return "unique_in_batch";
    }

    @Override
    public String expected() {
      return "each value once in a batch";
    }
  }
}
