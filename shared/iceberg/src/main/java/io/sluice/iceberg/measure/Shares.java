package io.sluice.iceberg.measure;

import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of what is looked for among rows, in all and by partition. */
final class Shares {
  /** The partitions that people look at first. */
  private static final int MOST_DRIVERS = 3;

  private final Map<String, long[]> byPartition = new TreeMap<>();
  private long[] here = new long[2];
  private long found;
  private long rows;

  /** What comes next is of this partition. */
  void in(String partition) {
    here = byPartition.computeIfAbsent(partition, ignored -> new long[2]);
  }

  void count(boolean isFound) {
    count(isFound ? 1 : 0, 1);
  }

  void count(long moreFound, long moreRows) {
    here[0] += moreFound;
    here[1] += moreRows;
    found += moreFound;
    rows += moreRows;
  }

  /** The share of what was found, which is bad; 0 of nothing. */
  Measurement bad(String of) {
    return new Measurement.Known(
        rows == 0 ? 0 : (double) found / rows,
        found + " of " + rows + of,
        drivers(),
        Distribution.NONE);
  }

  /** The share of what was not found, which is good; 1 of nothing. */
  Measurement good(String of) {
    return new Measurement.Known(
        rows == 0 ? 1 : (double) (rows - found) / rows,
        (rows - found) + " of " + rows + of,
        drivers(),
        Distribution.NONE);
  }

  private List<String> drivers() {
    return byPartition.entrySet().stream()
        .filter(each -> !each.getKey().isEmpty() && each.getValue()[0] > 0)
        .sorted(Comparator.comparingLong(each -> -each.getValue()[0]))
        .limit(MOST_DRIVERS)
        .map(each -> each.getKey() + ": " + each.getValue()[0] + " of " + each.getValue()[1])
        .toList();
  }
}
