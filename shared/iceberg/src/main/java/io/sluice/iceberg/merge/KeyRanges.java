package io.sluice.iceberg.merge;

import io.sluice.core.id.FieldPath;
import io.sluice.iceberg.scan.WantedKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Accessor;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of a batch can be: for each key field its least and greatest value, and all its
 * values while they are few. As a filter it prunes partitions, files and row groups; it never
 * excludes a row whose key is in the batch.
 */
final class KeyRanges {
  /** Iceberg does not hold an {@code IN} of more values than this against file statistics. */
  private static final int MOST_VALUES = 200;

  private final List<Range> ranges = new ArrayList<>();

  KeyRanges(Schema schema, List<FieldPath> key) {
    for (int i = 0; i < key.size(); i++) {
      Types.NestedField field = schema.findField(key.get(i).toString());
      if (isComparedAsIs(field.type())) {
        ranges.add(
            new Range(i, field.fieldId(), field.type(), schema.accessorForField(field.fieldId())));
      }
    }
  }

  /** Widens the ranges so that they hold all of {@code keys}. */
  void widen(WantedKeys keys) {
    ranges.forEach(range -> range.widen(keys));
  }

  /** Widens the ranges so that they hold the key of {@code row}. */
  void add(StructLike row) {
    ranges.forEach(range -> range.add(row));
  }

  /** Everything that may hold one of the keys, by the names that fields have in {@code schema}. */
  Expression filter(Schema schema) {
    return ranges.stream()
        .map(range -> range.filter(schema.findColumnName(range.field)))
        .reduce(Expressions.alwaysTrue(), Expressions::and);
  }

  /**
   * Types whose values in a row are those of a filter, and whose order is that of the statistics.
   * The order of UUIDs is not: Iceberg compares them as signed numbers, Parquet as unsigned bytes,
   * and a filter would exclude files that hold a key.
   */
  private static boolean isComparedAsIs(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, STRING, DECIMAL -> true;
      default -> false;
    };
  }

  private static final class Range {
    private final int number;
    private final int field;
    private final Type type;
    private final Accessor<StructLike> accessor;
    private final Comparator<Object> comparator;
    private final Set<Object> values = new HashSet<>();
    private @Nullable Object least;
    private @Nullable Object greatest;
    private boolean keepsValues = true;
    private boolean isBounded = true;

    Range(int number, int field, Type type, Accessor<StructLike> accessor) {
      this.number = number;
      this.field = field;
      this.type = type;
      this.accessor = accessor;
      this.comparator = Comparators.forType(type.asPrimitiveType());
    }

    void add(StructLike row) {
      Object value = accessor.get(row);
      if (keepsValues) {
        values.add(value);
        keepsValues = values.size() <= MOST_VALUES;
      }
      widen(value);
    }

    void widen(WantedKeys keys) {
      keepsValues = false;
      Optional<Object> low = keys.least(number, type);
      Optional<Object> high = keys.greatest(number, type);
      isBounded = low.isPresent() && high.isPresent();
      low.ifPresent(this::widen);
      high.ifPresent(this::widen);
    }

    private void widen(Object value) {
      if (least == null || comparator.compare(value, least) < 0) {
        least = value;
      }
      if (greatest == null || comparator.compare(value, greatest) > 0) {
        greatest = value;
      }
    }

    Expression filter(String name) {
      if (!isBounded) {
        return Expressions.alwaysTrue();
      }
      if (least == null || greatest == null) {
        return Expressions.alwaysFalse();
      }
      return keepsValues
          ? Expressions.in(name, values.toArray())
          : Expressions.and(
              Expressions.greaterThanOrEqual(name, least),
              Expressions.lessThanOrEqual(name, greatest));
    }
  }
}
