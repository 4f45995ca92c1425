package io.sluice.simulation.feed;

/** What snapshots are held against; all bounds are inclusive. */
public enum Gates {
  /** Nothing but conservation. */
  NONE(""),
  /** A greatest amount, or the snapshot is quarantined. */
  QUARANTINE(Gates.AMOUNT),
  /** The same, and two that halt. */
  HALTS(Gates.AMOUNT + Gates.NULLS + Gates.ROWS),
  /** Three that halt, of which often more than one fails. */
  STRICT(Gates.MANY + Gates.NULLS + Gates.SHARE),
  /** The size of batches against what is usual. */
  USUAL(Gates.AMOUNT + Gates.DELTA),
  /** Two over batches before they are announced, and one over snapshots. */
  RAW(Gates.AMOUNT + Gates.RAW_ROWS + Gates.RAW_NULLS);

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

  /** The fewest accepted records that a batch may have, where batches are held against gates. */
  public static final long FEWEST_LANDED = 2;

  /**
   * The greatest share of accepted records without amount, where batches are held against gates.
   */
  public static final double MOST_LANDED_NULLS = 0.5;

  private static final String AMOUNT =
      "    - { metric: max_amount, threshold: 500, action: quarantine }\n";
  private static final String NULLS =
      "    - { metric: null_rate_amount, threshold: 0.4, action: halt_and_alert }\n";
  private static final String ROWS =
      "    - { metric: row_count, threshold: 4, action: halt_and_alert }\n";
  private static final String MANY =
      "    - { metric: max_amount, threshold: 2, action: halt_and_alert }\n";
  private static final String SHARE =
      "    - { metric: row_count, threshold: 1, action: halt_and_alert }\n";
  private static final String RAW_ROWS =
      "    - { name: landed_rows, metric: row_count, min: 2, layer: raw, action: quarantine }\n";
  private static final String RAW_NULLS =
      "    - { name: landed_nulls, metric: null_rate_amount, max: 0.5, layer: raw,"
          + " action: quarantine }\n";
  private static final String DELTA =
      "    - { metric: row_count_delta, threshold: 0.6, action: halt_and_alert,"
          + " baseline: { snapshots: 3 } }\n";

  private final String yaml;

  Gates(String yaml) {
    this.yaml = yaml;
  }

  /** Whether batches are held against gates before they are announced. */
  public boolean areOfBatches() {
    return this == RAW;
  }

  String yaml() {
    return yaml.isEmpty() ? "" : "quality:\n  gates:\n" + yaml;
  }
}
