package io.sluice.formats.row;

/** How much the columns of one record may still grow. */
final class RowRoom {
  /** A column doubles when it is full, so it may have room for twice its entries. */
  private static final int CAPACITY = 2 * FlatRow.MAX_ENTRIES;

  private int left = CAPACITY;

  void clear() {
    left = CAPACITY;
  }

  /** Takes room for {@code entries}. */
  void take(int entries) {
    left -= entries;
    if (left < 0) {
      throw new RowTooLarge();
    }
  }
}
