package io.sluice.core.batch;

/**
 * What became of the accepted records of a batch in the table: {@code accepted = inserted + updated
 * + deleted + duplicate + superseded + conflicting}.
 *
 * @param duplicate same key, same content as a record that is already there; or the deletion of
 *     what is not there
 * @param superseded same key, older than the record that stays, or than its deletion
 * @param conflicting same key, other content, refused by the declared policy
 */
public record MergeCounts(
    long inserted, long updated, long deleted, long duplicate, long superseded, long conflicting) {
  /** Nothing. */
  public static final MergeCounts NONE = new MergeCounts(0, 0, 0, 0, 0, 0);

  /** Refuses negative counts. */
  public MergeCounts {
    if ((inserted | updated | deleted | duplicate | superseded | conflicting) < 0) {
      throw new IllegalArgumentException("Invalid counts: one is negative");
    }
  }

  /** All records that were accepted. */
  public long total() {
    return inserted + updated + deleted + duplicate + superseded + conflicting;
  }

  /** Both together. */
  public MergeCounts plus(MergeCounts other) {
    return new MergeCounts(
        inserted + other.inserted,
        updated + other.updated,
        deleted + other.deleted,
        duplicate + other.duplicate,
        superseded + other.superseded,
        conflicting + other.conflicting);
  }
}
