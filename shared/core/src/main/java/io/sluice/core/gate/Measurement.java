package io.sluice.core.gate;

import java.util.List;

/** What was measured, or why nothing could be: a gate that cannot be evaluated does not pass. */
public sealed interface Measurement {
  /**
   * A value.
   *
   * @param basis what it was held against or computed from, for people
   * @param drivers the partitions that drive it most, each with its part, for people
   * @param distribution of the values, where later snapshots are compared with it
   */
  record Known(double value, String basis, List<String> drivers, Distribution distribution)
      implements Measurement {
    /** A value that nothing drives in particular, and that nothing is compared with. */
    public Known(double value, String basis) {
      this(value, basis, List.of(), Distribution.NONE);
    }

    /** Copies the drivers, and refuses NaN, which would be beyond no limit. */
    public Known {
      drivers = List.copyOf(drivers);
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("Invalid measurement: NaN");
      }
    }
  }

  /** No value, and the reason. */
  record Unknown(String reason) implements Measurement {}

  /** No value, because there are no values to measure: what is said of each of them holds. */
  record Nothing(String reason) implements Measurement {}
}
