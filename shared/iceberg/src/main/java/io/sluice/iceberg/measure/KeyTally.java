package io.sluice.iceberg.measure;

import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;
import java.util.BitSet;
import java.util.List;
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
    List<ColumnValues> columns = fields.stream().map(group::values).toList();
    int most = columns.size() == 1 ? columns.getFirst().size() : group.rows();
    seen.expect(Math.min(most, MOST_DISTINCT));
    long[][] hashes = columns.stream().map(KeyTally::hashes).toArray(long[][]::new);
    for (int row = 0; row < group.rows(); row++) {
      if (which == null || which.get(row)) {
        add(columns, hashes, row);
      }
    }
  }

  private void add(List<ColumnValues> columns, long[][] hashes, int row) {
    long key = 0;
    for (int column = 0; column < hashes.length; column++) {
      int code = columns.get(column).code(row);
      if (code == ColumnValues.NULL) {
        return;
      }
      key = Values.combine(key, hashes[column][code]);
    }
    rows++;
    see(key);
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
