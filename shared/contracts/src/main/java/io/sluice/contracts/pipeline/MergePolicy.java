package io.sluice.contracts.pipeline;

/**
 * What becomes of a record whose key is there already.
 *
 * @param unique within what a key stands once
 * @param deletes what a delete leaves behind; only change events delete
 */
public record MergePolicy(Mode mode, OnConflict onConflict, Unique unique, Deletes deletes) {
  /** Whether a row may give way to a later record of its key. */
  public boolean changesRows() {
    return onConflict == OnConflict.KEEP_LAST;
  }

  /** What records are to the table. */
  public enum Mode {
    /** New rows, and never a change of one that is there. */
    APPEND,
    /** New rows, and new versions of rows. */
    UPSERT,
    /** Change events of another database. */
    CDC
  }

  /** Which record stays when two of the same key have other content. */
  public enum OnConflict {
    /** The one that was there first; the other is counted as conflicting. */
    KEEP_FIRST,
    /** The later one by event time, then by position in the sources; the other is superseded. */
    KEEP_LAST,
    /** The one that was there first; the other is conflicting and goes to quarantine. */
    QUARANTINE
  }

  /** Within what a key stands once. */
  public enum Unique {
    /** Within the table: a record whose partition differs from that of its row is found. */
    TABLE,
    /** Within a partition: lookups stay in the partitions of the records. */
    PARTITION
  }

  /** What a delete leaves behind. */
  public enum Deletes {
    /** No row. */
    HARD,
    /** The row, with the time of its deletion. */
    SOFT
  }
}
