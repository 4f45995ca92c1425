package io.sluice.iceberg.scan;

/**
 * Where between the least and the greatest of some values they are: one bit for each part that the
 * range falls into, set where a value is. Batches that bring a few late records beside those of
 * today reach over all days between, and have nothing there.
 */
final class ValueSpread {
  /** 8 KiB of bits, which a processor's first cache holds: of a hundred days parts of 2 minutes. */
  private static final int PARTS = 1 << 16;

  private final KeyValue least;
  private final KeyValue greatest;
  private final int skipped;
  private final long base;
  private final int shift;
  private final long[] marks = new long[PARTS / Long.SIZE];

  /** No values yet, of those between two, both included. */
  ValueSpread(KeyValue least, KeyValue greatest) {
    this.least = least;
    this.greatest = greatest;
    this.skipped = shared(least, greatest);
    this.base = least.order(skipped);
    long span = greatest.order(skipped) - base;
    this.shift =
        Math.max(
            0, Long.SIZE - Long.numberOfLeadingZeros(span) - Integer.numberOfTrailingZeros(PARTS));
  }

  /** How many first bytes all values have in common. */
  private static int shared(KeyValue least, KeyValue greatest) {
    if (least instanceof KeyValue.Bytes low && greatest instanceof KeyValue.Bytes high) {
      return low.shared(high);
    }
    return 0;
  }

  /** Adds the chunk's first values. */
  void mark(ScannedColumn column, int count) {
    for (int i = 0; i < count; i++) {
      int part = part(column.order(i, skipped));
      marks[part / Long.SIZE] |= 1L << part;
    }
  }

  /** Whether any value may be within bounds, both included. */
  boolean mayBeWithin(KeyValue low, KeyValue high) {
    if (least.compareTo(high) > 0 || greatest.compareTo(low) < 0) {
      return false;
    }
    int from = low.compareTo(least) <= 0 ? 0 : part(low.order(skipped));
    int to = high.compareTo(greatest) >= 0 ? PARTS - 1 : part(high.order(skipped));
    return next(from, 0) <= to;
  }

  /** Whether there are values all over the bounds, so that little within them can be left out. */
  boolean covers(KeyValue low, KeyValue high) {
    return least.compareTo(low) <= 0
        && greatest.compareTo(high) >= 0
        && next(part(low.order(skipped)), -1L) > part(high.order(skipped));
  }

  private int part(long order) {
    return (int) ((order - base) >>> shift);
  }

  /** The first part from {@code from} on whose bit differs from those of {@code same}. */
  private int next(int from, long same) {
    for (int part = from; part < PARTS; part = (part / Long.SIZE + 1) * Long.SIZE) {
      long differs = (marks[part / Long.SIZE] ^ same) >>> part;
      if (differs != 0) {
        return part + Long.numberOfTrailingZeros(differs);
      }
    }
    return PARTS;
  }
}
