package io.sluice.iceberg.merge;

import org.jspecify.annotations.Nullable;

/** What is known of one key: its latest row, its latest deletion, and its row in the table. */
final class KeyState {
  /** The row's record; null where there never was one, or nothing is kept of it. */
  @Nullable Version row;

  /** The row's content. */
  @Nullable Fingerprint content;

  /** The latest deletion of the key that was not before its row. */
  @Nullable Version deleted;

  /** Whether the row was counted as one that readers see. */
  boolean live;

  /** The row in the table before the merge; null where there is none. */
  @Nullable Place place;

  /** The deletion that stands beside the tables's row, or among the tombstones. */
  @Nullable Version known;

  /**
   * Where in the table a row is.
   *
   * @param file among the files that were read
   * @param position from 0
   */
  record Place(int file, long position, Version row, boolean live) {}

  /** Whether the table's row is no longer the key's row as it is there. */
  boolean isStale() {
    return place != null
        && (!place.row().equals(row)
            || place.live() != live
            || (deleted != null && !deleted.equals(known)));
  }

  /** Whether the row is one that the table does not have. */
  boolean isNew() {
    return row != null && (place == null || !place.row().equals(row));
  }
}
