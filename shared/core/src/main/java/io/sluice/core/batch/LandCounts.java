package io.sluice.core.batch;

/**
 * What became of the records of a batch at the boundary: {@code read = accepted + rejected}, or it
 * cannot be made.
 */
public record LandCounts(long read, long accepted, long rejected) {
  /** No records at all. */
  public static final LandCounts NONE = new LandCounts(0, 0, 0);

  /** Refuses counts that do not add up. */
  public LandCounts {
    if (read < 0 || accepted < 0 || rejected < 0 || read != accepted + rejected) {
      throw new IllegalArgumentException(
          "Invalid counts: read " + read + ", accepted " + accepted + ", rejected " + rejected);
    }
  }
}
