package io.sluice.contracts.rule;

import io.sluice.contracts.contract.Condition;
import io.sluice.contracts.contract.Condition.Ends;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Predicate;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A range, held against values in the arithmetic of their type. */
final class Bounds {
  private final @Nullable BigDecimal min;
  private final @Nullable BigDecimal max;
  private final Ends ends;

  private Bounds(Condition.Range range, Schema type) {
    this.min = range.min().isEmpty() ? null : Quantity.parse(range.min(), type);
    this.max = range.max().isEmpty() ? null : Quantity.parse(range.max(), type);
    this.ends = range.ends();
    if (min == null && max == null) {
      throw new IllegalArgumentException("min or max is wanted");
    }
    if (min != null && max != null && min.compareTo(max) > 0) {
      throw new IllegalArgumentException(range.min() + " is more than " + range.max());
    }
  }

  /** The check of a value of {@code type}. */
  static Predicate<Object> of(Condition.Range range, Schema type) {
    Bounds bounds = new Bounds(range, type);
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return value -> bounds.admits(Quantity.decimal(value, decimal));
    }
    return switch (type.getType()) {
      case INT, LONG -> bounds.wholeNumbers();
      case FLOAT -> bounds.floats();
      case DOUBLE -> bounds.doubles();
      case RECORD, ARRAY, MAP, UNION, NULL, ENUM, FIXED, STRING, BYTES, BOOLEAN ->
          throw new IllegalArgumentException("a number, date or timestamp is wanted");
    };
  }

  private boolean admits(BigDecimal value) {
    int least = ends == Ends.INCLUDED ? 0 : 1;
    return (min == null || value.compareTo(min) >= least)
        && (max == null || max.compareTo(value) >= least);
  }

  private Predicate<Object> wholeNumbers() {
    boolean included = ends == Ends.INCLUDED;
    long least =
        min == null
            ? Long.MIN_VALUE
            : included
                ? whole(min, RoundingMode.CEILING)
                : Math.addExact(whole(min, RoundingMode.FLOOR), 1);
    long most =
        max == null
            ? Long.MAX_VALUE
            : included
                ? whole(max, RoundingMode.FLOOR)
                : Math.subtractExact(whole(max, RoundingMode.CEILING), 1);
    return value -> {
      long number = ((Number) value).longValue();
      return number >= least && number <= most;
    };
  }

  private static long whole(BigDecimal bound, RoundingMode rounding) {
    try {
      return bound.setScale(0, rounding).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(bound + " is beyond 64 bits", e);
    }
  }

  private Predicate<Object> doubles() {
    double least = min == null ? Double.NEGATIVE_INFINITY : min.doubleValue();
    double most = max == null ? Double.POSITIVE_INFINITY : max.doubleValue();
    return value -> isWithin(((Number) value).doubleValue(), least, most);
  }

  /** A bound of 0.1 is the float nearest to it, as a value of 0.1 is. */
  private Predicate<Object> floats() {
    double least = min == null ? Double.NEGATIVE_INFINITY : min.floatValue();
    double most = max == null ? Double.POSITIVE_INFINITY : max.floatValue();
    return value -> isWithin(((Number) value).doubleValue(), least, most);
  }

  private boolean isWithin(double value, double least, double most) {
    return ends == Ends.INCLUDED
        ? value >= least && value <= most
        : (min == null || value > least) && (max == null || value < most);
  }
}
