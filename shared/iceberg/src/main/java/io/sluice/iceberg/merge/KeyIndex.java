package io.sluice.iceberg.merge;

import java.util.Arrays;

/**
 * Numbers keys in the order in which they come, from 0: an open-addressing hash table over their
 * fingerprints, of at most 32 bytes for each key. Fingerprints are hashes already, and nobody can
 * choose them, so their own bits are the place to look.
 */
final class KeyIndex {
  private static final int FIRST_CAPACITY = 1 << 10;

  /** No more keys than half the places of the largest table that an array can be. */
  private static final int MOST_KEYS = 1 << 29;

  private long[] highs = new long[FIRST_CAPACITY / 2];
  private long[] lows = new long[FIRST_CAPACITY / 2];
  private int[] table = new int[FIRST_CAPACITY];
  private int size;

  /** How many keys there are. */
  int size() {
    return size;
  }

  /** The number of {@code key}; -1 where it has none. */
  int find(Fingerprint key) {
    return table[place(key.high(), key.low())] - 1;
  }

  /** The number of {@code key}, which it gets where it has none. */
  int add(Fingerprint key) {
    int place = place(key.high(), key.low());
    if (table[place] != 0) {
      return table[place] - 1;
    }
    if (size == highs.length) {
      grow();
      place = place(key.high(), key.low());
    }
    highs[size] = key.high();
    lows[size] = key.low();
    table[place] = ++size;
    return size - 1;
  }

  /** The key of that number. */
  Fingerprint key(int number) {
    return new Fingerprint(highs[number], lows[number]);
  }

  /** Where the key is, or where it would go. */
  private int place(long high, long low) {
    int mask = table.length - 1;
    int place = (int) low & mask;
    while (table[place] != 0
        && (highs[table[place] - 1] != high || lows[table[place] - 1] != low)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    if (size >= MOST_KEYS) {
      throw new IllegalStateException("Cannot merge more than " + MOST_KEYS + " keys at once");
    }
    highs = Arrays.copyOf(highs, 2 * size);
    lows = Arrays.copyOf(lows, 2 * size);
    table = new int[4 * size];
    for (int number = 0; number < size; number++) {
      table[place(highs[number], lows[number])] = number + 1;
    }
  }
}
