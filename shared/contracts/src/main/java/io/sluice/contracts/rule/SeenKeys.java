package io.sluice.contracts.rule;

/**
 * The fingerprints that were seen, 128 bits each, in an open-addressed table that is at most half
 * full: 32 to 64 bytes a fingerprint.
 */
final class SeenKeys {
  private static final int INITIAL_SLOTS = 1 << 10;

  private long[] slots = new long[2 * INITIAL_SLOTS];
  private int size;

  int size() {
    return size;
  }

  boolean contains(long high, long low) {
    return slots[slot(slots, high, marked(low)) + 1] != 0;
  }

  void add(long high, long low) {
    if (size * 4 >= slots.length) {
      grow();
    }
    int slot = slot(slots, high, marked(low));
    if (slots[slot + 1] == 0) {
      size++;
    }
    slots[slot] = high;
    slots[slot + 1] = marked(low);
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i + 1] != 0) {
        int slot = slot(larger, slots[i], slots[i + 1]);
        larger[slot] = slots[i];
        larger[slot + 1] = slots[i + 1];
      }
    }
    slots = larger;
  }

  /** Where the fingerprint is, or else the empty slot where it belongs. */
  private static int slot(long[] slots, long high, long low) {
    int mask = slots.length / 2 - 1;
    int slot = (int) low & mask;
    while (slots[2 * slot + 1] != 0 && (slots[2 * slot] != high || slots[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return 2 * slot;
  }

  /** Zero is what empty slots hold. */
  private static long marked(long low) {
    return low == 0 ? 1 : low;
  }
}
