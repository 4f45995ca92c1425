package io.sluice.contracts.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sluice.contracts.contract.Condition;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Conditions as checks of values of one type. */
public final class ValueChecks {
  /** RE2 compiles a pattern to a program some times as long; people write shorter ones. */
  static final int MAX_PATTERN_CHARACTERS = 1_000;

  private ValueChecks() {}

  /**
   * The check of a value of {@code type} that is not null.
   *
   * @throws IllegalArgumentException with the reason why the condition cannot be held against it
   */
  public static Predicate<Object> of(Condition condition, Schema type) {
    return switch (condition) {
      case Condition.NotNull ignored -> value -> true;
      case Condition.UniqueInBatch ignored -> unique(type);
      case Condition.Range range -> Bounds.of(range, type);
      case Condition.Length length -> length(length, type);
      case Condition.Matches matches -> pattern(matches, type);
      case Condition.OneOf oneOf -> oneOf(oneOf.values(), type);
    };
  }

  private static Predicate<Object> unique(Schema type) {
    return switch (type.getType()) {
      case RECORD, ARRAY, MAP, UNION, NULL ->
          throw new IllegalArgumentException("a single value is wanted");
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> value -> true;
    };
  }

  private static Predicate<Object> length(Condition.Length length, Schema type) {
    if (length.min() < 0 || length.max() < length.min()) {
      throw new IllegalArgumentException("min is to be 0 or more, and max no less than min");
    }
    boolean hasLength =
        switch (type.getType()) {
          case STRING, ARRAY, MAP -> true;
          case BYTES -> !(type.getLogicalType() instanceof LogicalTypes.Decimal);
          case RECORD, UNION, NULL, ENUM, FIXED, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> false;
        };
    if (!hasLength) {
      throw new IllegalArgumentException("a string, bytes, an array or a map is wanted");
    }
    return value -> {
      long found = lengthOf(value);
      return found >= length.min() && found <= length.max();
    };
  }

  static long lengthOf(Object value) {
    return switch (value) {
      case Collection<?> elements -> elements.size();
      case Map<?, ?> entries -> entries.size();
      case ByteBuffer bytes -> bytes.remaining();
      default -> {
        String text = value.toString();
        yield text.codePointCount(0, text.length());
      }
    };
  }

  private static Predicate<Object> pattern(Condition.Matches matches, Schema type) {
    if (!isText(type)) {
      throw new IllegalArgumentException("a string or enum is wanted");
    }
    if (matches.pattern().length() > MAX_PATTERN_CHARACTERS) {
      throw new IllegalArgumentException(
          "the pattern is longer than " + MAX_PATTERN_CHARACTERS + " characters");
    }
    try {
      Pattern pattern = Pattern.compile(matches.pattern());
      return value -> pattern.matches(value.toString());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("RE2 does not know it: " + e.getMessage(), e);
    }
  }

  private static Predicate<Object> oneOf(List<String> values, Schema type) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("at least one value is wanted");
    }
    return switch (type.getType()) {
      case INT, LONG -> {
        Set<Long> numbers = new HashSet<>();
        values.forEach(value -> numbers.add(whole(value, type)));
        yield value -> numbers.contains(((Number) value).longValue());
      }
      case ENUM -> {
        for (String value : values) {
          if (!type.hasEnumSymbol(value)) {
            throw new IllegalArgumentException(value + " is not a symbol of the enum");
          }
        }
        yield texts(values);
      }
      case STRING ->
          texts(
              type.getLogicalType() == null
                  ? values
                  : values.stream().map(value -> value.toLowerCase(Locale.ROOT)).toList());
      case BOOLEAN, RECORD, ARRAY, MAP, UNION, NULL, FIXED, BYTES, FLOAT, DOUBLE ->
          throw new IllegalArgumentException("a string, enum, int, long, date or time is wanted");
    };
  }

  private static Predicate<Object> texts(List<String> values) {
    Set<String> texts = Set.copyOf(values);
    return value -> texts.contains(value.toString());
  }

  private static long whole(String text, Schema type) {
    BigDecimal number = Quantity.parse(text, type);
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text + " is not a value of the field", e);
    }
  }

  private static boolean isText(Schema type) {
    return type.getType() == Schema.Type.STRING || type.getType() == Schema.Type.ENUM;
  }
}
