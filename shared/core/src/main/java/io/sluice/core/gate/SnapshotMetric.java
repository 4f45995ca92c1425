package io.sluice.core.gate;

/** Metrics that counts answer: the accounts of the batches and the totals of the files. */
public enum SnapshotMetric implements Metric {
  /** How many accepted records have no fate, or two. Always on, limit 0. */
  CONSERVATION("conservation"),
  /** Rows that the snapshot adds; of the whole table where it is served. */
  ROW_COUNT("row_count"),
  /** The share of the records read that was rejected. */
  REJECT_RATE("reject_rate"),
  /** The share of the accepted records that were there already. */
  DUPLICATE_RATE("duplicate_rate"),
  /** The share of the accepted records that contradict one of the same key. */
  CONFLICT_RATE("conflict_rate"),
  /** Rows added to the largest partition over the mean of the partitions that get any. */
  PARTITION_SKEW("partition_skew"),
  /** Data files that the snapshot adds; of the whole table where it is served. */
  FILE_COUNT("file_count");

  private final String word;

  SnapshotMetric(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
