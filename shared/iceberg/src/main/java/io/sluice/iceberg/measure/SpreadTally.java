package io.sluice.iceberg.measure;

import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.TreeMap;

/** A tally of how values spread over buckets. */
final class SpreadTally extends ValueTally {
  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long rows;

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
    count(Distribution.NULLS, more);
  }

  private void count(int bucket, long more) {
    if (more > 0) {
      counts.merge(bucket, more, Long::sum);
      rows += more;
    }
  }

  @Override
  public Measurement result() {
    return new Measurement.Known(rows, rows + " added rows", List.of(), new Distribution(counts));
  }
}
