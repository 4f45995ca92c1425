package io.sluice.formats.row;

import java.util.Arrays;

/**
 * The entries of one column in one record, in their order. An entry is a value, or says by its
 * definition level where it is missing. A value of text or bytes is the position and the length of
 * its bytes; a floating number is its bits.
 */
public final class RowColumn {
  /** Most columns have one entry per record. */
  private static final int INITIAL_ENTRIES = 4;

  /** 1,024: more entries than this are given back, so that one record does not set the memory. */
  private static final int KEPT_ENTRIES = 1 << 10;

  private static final int REPETITION_SHIFT = 8;

  private final RowRoom room;
  private short[] levels = new short[INITIAL_ENTRIES];
  private long[] values = new long[INITIAL_ENTRIES];
  private int entries;
  private int present;

  RowColumn(RowRoom room) {
    this.room = room;
  }

  /** How many entries there are. */
  public int entries() {
    return entries;
  }

  /** How many of them are values. */
  public int present() {
    return present;
  }

  /** The repetition level of an entry. */
  public int repetition(int entry) {
    return levels[entry] >> REPETITION_SHIFT;
  }

  /** The definition level of an entry. */
  public int definition(int entry) {
    return levels[entry] & 0xff;
  }

  /** A value; counted without the entries that are none. */
  public long value(int index) {
    return values[index];
  }

  /** Adds a value. */
  public void add(int repetition, int definition, long value) {
    addMissing(repetition, definition);
    if (present == values.length) {
      values = Arrays.copyOf(values, 2 * present);
    }
    values[present++] = value;
  }

  /** Adds an entry that is no value. */
  public void addMissing(int repetition, int definition) {
    if (entries == levels.length) {
      room.take(entries);
      levels = Arrays.copyOf(levels, 2 * entries);
    }
    levels[entries++] = (short) ((repetition << REPETITION_SHIFT) | definition);
  }

  void clear() {
    if (levels.length > KEPT_ENTRIES) {
      levels = new short[INITIAL_ENTRIES];
      values = new long[INITIAL_ENTRIES];
    }
    entries = 0;
    present = 0;
  }
}
