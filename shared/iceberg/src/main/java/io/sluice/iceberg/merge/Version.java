package io.sluice.iceberg.merge;

import java.util.Comparator;

/**
 * Where a record stands among those of its key: the greatest stays. A total order that depends on
 * the records alone, so that they end in the same row in whatever order they come.
 *
 * @param time of the event, in microseconds; least where the record has none. 0 for changes
 * @param position in the source of a change; empty for anything else
 * @param modified when the source object was last modified, in microseconds
 */
record Version(long time, String position, long modified, String batch, long ordinal)
    implements Comparable<Version> {
  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::time)
          .thenComparing(Version::position)
          .thenComparingLong(Version::modified)
          .thenComparing(Version::batch)
          .thenComparingLong(Version::ordinal);

  /** Above every batch: a deletion is later than what stands at the same position. */
  private static final String LAST = "\uffff";

  /** The version of a deletion: nothing is kept of it but these two. */
  static Version ofDeletion(String position, long modified) {
    return new Version(0, position, modified, LAST, Long.MAX_VALUE);
  }

  boolean isAfter(Version other) {
    return compareTo(other) > 0;
  }

  /** Whether this is the record at {@code ordinal} of {@code batch}. */
  boolean isOf(String batch, long ordinal) {
    return this.ordinal == ordinal && this.batch.equals(batch);
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
