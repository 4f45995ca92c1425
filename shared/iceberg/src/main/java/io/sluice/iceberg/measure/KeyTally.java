package io.sluice.iceberg.measure;

import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A tally of different keys: how many, and their share of the rows whose key has no null. */
final class KeyTally implements Tally {
  private final List<FieldPath> fields;
  private final LongSet seen = new LongSet();
  private long rows;

  KeyTally(List<FieldPath> fields) {
    this.fields = fields;
  }

  @Override
  public boolean isSettled(ColumnValues values, long more, long nulls) {
    rows += more;
    for (long hash : hashes(values)) {
      see(Values.combine(0, hash));
    }
    return true;
  }

  @Override
  public void add(RowGroup group, @Nullable BitSet which) {
    int most = fields.size() == 1 ? group.values(fields.getFirst()).size() : group.rows();
    seen.expect(Math.min(most, MOST_DISTINCT));
    each(
        group,
        fields,
        which,
        key -> {
          rows++;
          see(key);
        });
  }

  /** Hands over the hash of the key {@code fields} of every row that has no null in it. */
  static void each(
      RowGroup group, List<FieldPath> fields, @Nullable BitSet which, LongConsumer sink) {
    List<ColumnValues> columns = fields.stream().map(group::values).toList();
    long[][] hashes = columns.stream().map(KeyTally::hashes).toArray(long[][]::new);
    for (int row = 0; row < group.rows(); row++) {
      if (which != null && !which.get(row)) {
        continue;
      }
      long key = 0;
      boolean whole = true;
      for (int column = 0; whole && column < hashes.length; column++) {
        int code = columns.get(column).code(row);
        whole = code != ColumnValues.NULL;
        key = whole ? Values.combine(key, hashes[column][code]) : key;
      }
      if (whole) {
        sink.accept(key);
      }
    }
  }

  private void see(long key) {
    if (seen.size() <= MOST_DISTINCT) {
      seen.add(key);
    }
  }

  private static long[] hashes(ColumnValues values) {
    long[] hashes = new long[values.size()];
    for (int value = 0; value < hashes.length; value++) {
      hashes[value] = values.hash(value);
    }
    return hashes;
  }

  @Override
  public Measurement result(ColumnMeasure asked) {
    if (seen.size() > MOST_DISTINCT) {
      return new Measurement.Unknown("there are more than " + MOST_DISTINCT + " values");
    }
    double share = rows == 0 ? 1 : (double) seen.size() / rows;
    return new Measurement.Known(
        asked instanceof ColumnMeasure.Uniqueness ? share : seen.size(),
        seen.size() + " different of " + rows + " added values");
  }
}
