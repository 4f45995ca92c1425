package io.sluice.core.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often values fall into buckets that are the same for every column and every snapshot, so that
 * distributions of many snapshots can be added. Numbers share a bucket when they have the same
 * sign, exponent and first two binary digits after the point; texts when their hashes agree.
 */
public record Distribution(SortedMap<Integer, Long> counts) {
  /** Of nothing. */
  public static final Distribution NONE = new Distribution(Collections.emptySortedMap());

  /** The bucket of nulls. */
  public static final int NULLS = Integer.MIN_VALUE;

  /** The greatest bucket of a number; the least is its negative. */
  public static final int GREATEST = (1 << 13) - 1;

  /** Into how many buckets texts fall, and into how many bins of equal share numbers are put. */
  public static final int BINS = 16;

  /**
   * The least share that is reckoned with, for a bin that is empty on one side: the convention of
   * the population stability index, which would be infinite otherwise.
   */
  private static final double LEAST_SHARE = 1e-4;

  /** All but the exponent and two digits of the 52 that follow the point. */
  private static final int DROPPED_BITS = 50;

  /** Copies the counts. */
  public Distribution {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** The bucket of a number: greater numbers have no lesser buckets. */
  public static int bucketOf(double number) {
    int size = (int) (Double.doubleToRawLongBits(Math.abs(number)) >>> DROPPED_BITS);
    return number < 0 ? -size : size;
  }

  /** The bucket of a text with this hash. */
  public static int bucketOfHash(long hash) {
    return Math.floorMod(hash, BINS);
  }

  /** How many values there are. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Both together. */
  public Distribution plus(Distribution other) {
    SortedMap<Integer, Long> sum = new TreeMap<>(counts);
    other.counts.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
    return new Distribution(sum);
  }

  /**
   * The population stability index of this against {@code baseline}: the sum of {@code (p - q) ×
   * ln(p / q)} over bins that hold about the same share of the baseline each. Below 0.1 is usually
   * called stable, above 0.25 another population.
   */
  public double driftFrom(Distribution baseline) {
    double drift = 0;
    List<Integer> ends = baseline.binEnds();
    for (int bin = 0; bin < ends.size(); bin++) {
      double here = share(ends, bin);
      double usual = baseline.share(ends, bin);
      drift += (here - usual) * Math.log(here / usual);
    }
    return drift;
  }

  /** The last bucket of each bin; the last bin takes all that is beyond. */
  private List<Integer> binEnds() {
    List<Integer> ends = new ArrayList<>();
    long inBin = 0;
    double full = counts.size() <= BINS ? 0 : (double) total() / BINS;
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      inBin += each.getValue();
      if (inBin >= full || each.getKey() == NULLS) {
        ends.add(each.getKey());
        inBin = 0;
      }
    }
    ends.add(Integer.MAX_VALUE);
    return ends;
  }

  private double share(List<Integer> ends, int bin) {
    SortedMap<Integer, Long> upTo =
        ends.get(bin) == Integer.MAX_VALUE ? counts : counts.headMap(ends.get(bin) + 1);
    SortedMap<Integer, Long> inBin = bin == 0 ? upTo : upTo.tailMap(ends.get(bin - 1) + 1);
    long count = inBin.values().stream().mapToLong(Long::longValue).sum();
    return Math.max(LEAST_SHARE, (double) count / Math.max(1, total()));
  }
}
