package io.sluice.formats.parquet;

import java.util.Arrays;

/** The different values of a column in one row group, each as its bytes, in the order they came. */
final class PageDictionary {
  /** 1 MiB: where parquet-java, too, stops looking for repetition. */
  static final int MAX_BYTES = 1 << 20;

  private static final int INITIAL_SLOTS = 256;
  private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

  private final PageBytes entries = new PageBytes();
  private int[] ends = new int[INITIAL_SLOTS];
  private int[] hashes = new int[INITIAL_SLOTS];
  private int size;

  /** The entries by their hash, counted from 1; at most half of them taken. */
  private int[] slots = new int[2 * INITIAL_SLOTS];

  /** How many values there are. */
  int size() {
    return size;
  }

  /** About how much memory it takes. */
  long heldBytes() {
    return entries.length() + (long) slots.length * (Integer.BYTES + Integer.BYTES);
  }

  /** The values, one behind the other. */
  PageBytes entries() {
    return entries;
  }

  int start(int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  int end(int entry) {
    return ends[entry];
  }

  /** Forgets all but the first entries; then nothing can be looked up any more. */
  void truncate(int newSize) {
    size = newSize;
    entries.truncate(newSize == 0 ? 0 : ends[newSize - 1]);
  }

  /** The entry of a value, behind which {@code bytes} has room for a long; made if need be. */
  int entry(byte[] bytes, int start, int length) {
    int hash = hash(bytes, start, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int entry = found - 1;
      if (hashes[entry] == hash && isAt(entry, bytes, start, length)) {
        return entry;
      }
      slot = (slot + 1) & mask;
    }
    return add(bytes, start, length, hash, slot);
  }

  private int add(byte[] bytes, int start, int length, int hash, int slot) {
    if (size == ends.length) {
      grow();
      return entry(bytes, start, length);
    }
    entries.put(bytes, start, length);
    ends[size] = entries.length();
    hashes[size] = hash;
    slots[slot] = size + 1;
    return size++;
  }

  private void grow() {
    ends = Arrays.copyOf(ends, 2 * size);
    hashes = Arrays.copyOf(hashes, 2 * size);
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = hashes[i] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  private boolean isAt(int entry, byte[] bytes, int start, int length) {
    int from = start(entry);
    if (ends[entry] - from != length) {
      return false;
    }
    byte[] held = entries.array();
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      if (PageBytes.longAt(held, from + i) != PageBytes.longAt(bytes, start + i)) {
        return false;
      }
    }
    return rest(held, from + i, length - i) == rest(bytes, start + i, length - i);
  }

  private static int hash(byte[] bytes, int start, int length) {
    long hash = length;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      hash = mixed(hash, PageBytes.longAt(bytes, start + i));
    }
    hash = mixed(hash, rest(bytes, start + i, length - i));
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }

  private static long mixed(long hash, long word) {
    long mixed = (hash ^ word) * HASH_FACTOR;
    return mixed ^ (mixed >>> Integer.SIZE);
  }

  /** Fewer than eight bytes. */
  private static long rest(byte[] bytes, int at, int count) {
    return PageBytes.longAt(bytes, at) & ((1L << (count * Byte.SIZE)) - 1);
  }
}
