package io.sluice.core.gate;

/** What was measured, or why nothing could be: a gate that cannot be evaluated does not pass. */
public sealed interface Measurement {
  /**
   * A value.
   *
   * @param basis what it was held against or computed from, for people
   */
  record Known(double value, String basis) implements Measurement {
    /** Refuses NaN, which would be above no limit. */
    public Known {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("Invalid measurement: NaN");
      }
    }
  }

  /** No value, and the reason. */
  record Unknown(String reason) implements Measurement {}
}
