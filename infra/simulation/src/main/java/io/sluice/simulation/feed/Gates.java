package io.sluice.simulation.feed;

/** What snapshots are held against; all bounds are inclusive. */
public enum Gates {
  /** Nothing but conservation. */
  NONE(""),
  /** A greatest amount, or the snapshot is quarantined. */
  QUARANTINE(Gates.AMOUNT),
  /** The same, and two that halt. */
  HALTS(Gates.AMOUNT + Gates.NULLS + Gates.ROWS),
  /** The size of batches against what is usual. */
  USUAL(Gates.AMOUNT + Gates.DELTA);

  /** The greatest amount that passes. */
  public static final double MOST_AMOUNT = 500;

  /** The greatest share of rows without amount that passes. */
  public static final double MOST_NULLS = 0.4;

  /** The most rows that a snapshot may add. */
  public static final double MOST_ROWS = 4;

  /** How far batches may be off the usual size. */
  public static final double MOST_DELTA = 0.6;

  /** How many snapshots are the usual. */
  public static final int BASELINE = 3;

  private static final String AMOUNT =
      "    - { metric: max_amount, threshold: 500, action: quarantine }\n";
  private static final String NULLS =
      "    - { metric: null_rate_amount, threshold: 0.4, action: halt_and_alert }\n";
  private static final String ROWS =
      "    - { metric: row_count, threshold: 4, action: halt_and_alert }\n";
  private static final String DELTA =
      "    - { metric: row_count_delta, threshold: 0.6, action: halt_and_alert,"
          + " baseline: { snapshots: 3 } }\n";

  private final String yaml;

  Gates(String yaml) {
    this.yaml = yaml;
  }

  String yaml() {
    return yaml.isEmpty() ? "" : "quality:\n  gates:\n" + yaml;
  }
}
