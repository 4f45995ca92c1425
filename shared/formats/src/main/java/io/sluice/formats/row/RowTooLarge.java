package io.sluice.formats.row;

/**
 * A record has more entries than {@link FlatRow#MAX_ENTRIES}, over all columns: a few bytes of
 * input can stand for a null in each of a thousand columns.
 */
public final class RowTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1;

  RowTooLarge() {
    super("Cannot hold record: it has more than " + FlatRow.MAX_ENTRIES + " entries");
  }
}
