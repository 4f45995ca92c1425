package io.sluice.iceberg.measure;

import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tally of how values spread over buckets. */
final class SpreadTally extends ValueTally {
  private final long[] counts = new long[2 * Distribution.GREATEST + 1];
  private long nulls;

  SpreadTally(FieldPath field) {
    super(field);
  }

  @Override
  void add(ColumnValues values, int value, long more) {
    double number = values.number(value);
    count(
        Double.isNaN(number)
            ? Distribution.bucketOfHash(values.hash(value))
            : Distribution.bucketOf(number),
        more);
  }

  @Override
  void addNulls(long more) {
    nulls += more;
  }

  private void count(int bucket, long more) {
    counts[Distribution.GREATEST + bucket] += more;
  }

  @Override
  public Measurement result(ColumnMeasure asked) {
    SortedMap<Integer, Long> found = new TreeMap<>();
    long rows = nulls;
    for (int at = 0; at < counts.length; at++) {
      if (counts[at] > 0) {
        found.put(at - Distribution.GREATEST, counts[at]);
        rows += counts[at];
      }
    }
    if (nulls > 0) {
      found.put(Distribution.NULLS, nulls);
    }
    return new Measurement.Known(rows, rows + " added rows", List.of(), new Distribution(found));
  }
}
