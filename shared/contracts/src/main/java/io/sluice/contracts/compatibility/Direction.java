package io.sluice.contracts.compatibility;

/** Who reads whose records. */
public enum Direction {
  /** The new contract reads records of the old one: what is in the lake stays readable. */
  BACKWARD("backward"),
  /** The old contract reads records of the new one: consumers may follow later. */
  FORWARD("forward");

  private final String word;

  Direction(String word) {
    this.word = word;
  }

  /** As in reports. */
  public String word() {
    return word;
  }
}
