package io.sluice.iceberg.measure;

/** A set of 64-bit hashes, eight to sixteen bytes each: open addressing with linear probing. */
final class LongSet {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MOST_SLOTS = 1 << 25;

  private long[] slots = new long[FIRST_SLOTS];
  private int size;
  private boolean hasZero;

  int size() {
    return size + (hasZero ? 1 : 0);
  }

  /** Adds {@code value}; says whether it was not there. */
  boolean add(long value) {
    if (value == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    int slot = slotOf(value, slots);
    if (slots[slot] == value) {
      return false;
    }
    slots[slot] = value;
    size++;
    if (size > slots.length / 4 * 3) {
      grow(slots.length * 2);
    }
    return true;
  }

  /** Makes room for {@code more} values at once. */
  void expect(int more) {
    int length = slots.length;
    while (length < MOST_SLOTS && (long) size + more > length / 4 * 3L) {
      length *= 2;
    }
    if (length > slots.length) {
      grow(length);
    }
  }

  boolean contains(long value) {
    return value == 0 ? hasZero : slots[slotOf(value, slots)] == value;
  }

  private void grow(int length) {
    long[] larger = new long[length];
    for (long each : slots) {
      if (each != 0) {
        larger[slotOf(each, larger)] = each;
      }
    }
    slots = larger;
  }

  /** Where the value is, or would be. */
  private static int slotOf(long value, long[] slots) {
    int mask = slots.length - 1;
    int slot = (int) (value ^ value >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != value) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
