package io.sluice.core.gate;

/** The least and the most that a value may be, both inclusive; an infinite one does not bind. */
public record Bounds(double least, double most) {
  /** Refuses what no value can be held against. */
  public Bounds {
    boolean binds = least > Double.NEGATIVE_INFINITY || most < Double.POSITIVE_INFINITY;
    if (!binds || !(least <= most)) {
      throw new IllegalArgumentException("Invalid bounds: " + least + " to " + most);
    }
  }

  /** Up to {@code most}. */
  public static Bounds atMost(double most) {
    return new Bounds(Double.NEGATIVE_INFINITY, most);
  }

  /** From {@code least} on. */
  public static Bounds atLeast(double least) {
    return new Bounds(least, Double.POSITIVE_INFINITY);
  }

  /** Whether there is a least. */
  public boolean hasLeast() {
    return least > Double.NEGATIVE_INFINITY;
  }

  /** Whether there is a most. */
  public boolean hasMost() {
    return most < Double.POSITIVE_INFINITY;
  }

  /** Whether {@code value} lies within. */
  public boolean hold(double value) {
    return value >= least && value <= most;
  }
}
