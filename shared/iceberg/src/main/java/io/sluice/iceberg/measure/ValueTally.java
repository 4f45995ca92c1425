package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A tally of one column that looks at each value once, however many rows have it. */
abstract class ValueTally implements Tally {
  private final FieldPath field;

  ValueTally(FieldPath field) {
    this.field = field;
  }

  /** Some rows, at least one, have this value. */
  abstract void add(ColumnValues values, int value, long rows);

  /** Some rows have none. */
  void addNulls(long rows) {}

  @Override
  public boolean isSettled(ColumnValues values, long rows, long nulls) {
    return false;
  }

  @Override
  public final void add(RowGroup group, @Nullable BitSet rows) {
    ColumnValues values = group.values(field);
    int[] counts = values.counts(rows);
    for (int value = 0; value < counts.length; value++) {
      if (counts[value] > 0) {
        add(values, value, counts[value]);
      }
    }
    addNulls(ColumnValues.nulls(counts, rows == null ? group.rows() : rows.cardinality()));
  }
}
