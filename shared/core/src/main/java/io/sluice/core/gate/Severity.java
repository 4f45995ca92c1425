package io.sluice.core.gate;

/** How much a gate weighs, for people and for the data quality score. */
public enum Severity {
  /** Worth knowing. */
  INFO("info", 1),
  /** Worth looking at. */
  WARNING("warning", 2),
  /** Wrong data. */
  ERROR("error", 4),
  /** Data that nobody may use. */
  CRITICAL("critical", 8);

  private final String word;
  private final int weight;

  Severity(String word, int weight) {
    this.word = word;
    this.weight = weight;
  }

  /** As in {@code pipeline.yaml}. */
  public String word() {
    return word;
  }

  /** Its part of the score: each severity counts twice the one below it. */
  public int weight() {
    return weight;
  }
}
