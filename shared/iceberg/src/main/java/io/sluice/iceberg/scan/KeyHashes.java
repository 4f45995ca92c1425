package io.sluice.iceberg.scan;

import java.util.Arrays;

/**
 * The 64-bit hashes of the keys that are looked for. Before the set, which takes eight to sixteen
 * bytes for each, stands a filter of one bit among sixteen to thirty-two for each, which most rows
 * of a table do not pass and which fits a processor's cache. Rows with the hash of a key need not
 * have the key.
 */
public final class KeyHashes {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int FILTER_BITS_A_SLOT = 16;

  /** Room for no more is made before they come: 256 MiB. */
  private static final long MOST_EXPECTED = 1 << 24;

  private long[] slots;
  private long[] filter;
  private int size;
  private boolean hasZero;

  /** Room for {@code expected} hashes; more may come. */
  public KeyHashes(long expected) {
    int wanted = Math.max(FIRST_SLOTS, (int) Math.min(expected, MOST_EXPECTED) / 3 * 4 + 1);
    slots = new long[Integer.highestOneBit(wanted - 1) << 1];
    filter = new long[slots.length / Long.SIZE * FILTER_BITS_A_SLOT];
  }

  /** How many different hashes there are. */
  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  /** Adds the first {@code count} of some hashes. */
  public void add(long[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      add(hashes[i]);
    }
  }

  /** Adds a hash. */
  public void add(long hash) {
    if (hash == 0) {
      hasZero = true;
      mark(filter, 0);
      return;
    }
    int slot = slot(slots, hash);
    if (slots[slot] != hash) {
      slots[slot] = hash;
      mark(filter, hash);
      if (++size > slots.length / 4 * 3) {
        grow();
      }
    }
  }

  /**
   * Writes the positions of hashes that are here.
   *
   * @param count how many of {@code hashes} there are
   * @return how many positions were written
   */
  public int select(long[] hashes, int count, int[] selected) {
    long[] bits = filter;
    int mask = bits.length - 1;
    int passed = 0;
    for (int i = 0; i < count; i++) {
      long hash = hashes[i];
      selected[passed] = i;
      passed += (int) (bits[(int) (hash >>> 6) & mask] >>> hash) & 1;
    }
    int kept = 0;
    for (int i = 0; i < passed; i++) {
      int position = selected[i];
      if (contains(hashes[position])) {
        selected[kept++] = position;
      }
    }
    return kept;
  }

  private boolean contains(long hash) {
    return hash == 0 ? hasZero : slots[slot(slots, hash)] == hash;
  }

  private void grow() {
    long[] more = new long[slots.length * 2];
    long[] wider = new long[filter.length * 2];
    Arrays.stream(slots)
        .filter(hash -> hash != 0)
        .forEach(
            hash -> {
              more[slot(more, hash)] = hash;
              mark(wider, hash);
            });
    if (hasZero) {
      mark(wider, 0);
    }
    slots = more;
    filter = wider;
  }

  private static void mark(long[] filter, long hash) {
    filter[(int) (hash >>> 6) & (filter.length - 1)] |= 1L << hash;
  }

  /** Where the hash is, or would go. */
  private static int slot(long[] slots, long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
