package io.sluice.simulation.model;

import java.util.Comparator;

/**
 * Which of two records of a key is the later one.
 *
 * @param first the event's time, or a change's position
 * @param modified when the source object was last modified
 */
record Version(long first, long modified, String batch, long ordinal)
    implements Comparable<Version> {
  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::first)
          .thenComparingLong(Version::modified)
          .thenComparing(Version::batch)
          .thenComparingLong(Version::ordinal);

  /** A deletion is later than what stands at its own place. */
  static Version ofDeletion(long position, long modified) {
    return new Version(position, modified, "~", Long.MAX_VALUE);
  }

  boolean isAfter(Version other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
