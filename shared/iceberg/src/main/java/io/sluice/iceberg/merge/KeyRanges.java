package io.sluice.iceberg.merge;

import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
    for (FieldPath path : key) {
      Types.NestedField field = schema.findField(path.toString());
      if (isComparedAsIs(field.type())) {
        ranges.add(
            new Range(field.fieldId(), field.type(), schema.accessorForField(field.fieldId())));
      }
    }
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
    private final int field;
    private final Accessor<StructLike> accessor;
    private final Comparator<Object> comparator;
    private final Set<Object> values = new HashSet<>();
    private @Nullable Object least;
    private @Nullable Object greatest;

    Range(int field, Type type, Accessor<StructLike> accessor) {
      this.field = field;
      this.accessor = accessor;
      this.comparator = Comparators.forType(type.asPrimitiveType());
    }

    void add(StructLike row) {
      Object value = accessor.get(row);
      if (values.size() <= MOST_VALUES) {
        values.add(value);
      }
      if (least == null || comparator.compare(value, least) < 0) {
        least = value;
      }
      if (greatest == null || comparator.compare(value, greatest) > 0) {
        greatest = value;
      }
    }

    Expression filter(String name) {
      if (least == null || greatest == null) {
        return Expressions.alwaysFalse();
      }
      return values.size() <= MOST_VALUES
          ? Expressions.in(name, values.toArray())
          : Expressions.and(
              Expressions.greaterThanOrEqual(name, least),
              Expressions.lessThanOrEqual(name, greatest));
    }
  }
}
