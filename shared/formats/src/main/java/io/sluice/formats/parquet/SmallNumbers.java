package io.sluice.formats.parquet;

import java.util.Arrays;

/**
 * Levels, dictionary entries or booleans of one page, none negative, and how Parquet has them: <a
 * href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">runs of equal numbers
 * between groups of eight packed ones</a>.
 */
final class SmallNumbers {
  private static final int GROUP = 8;

  /** 63 groups: as many as a header of one byte says. */
  private static final int MAX_GROUPS = 63;

  private static final int INITIAL_COUNT = 64;

  private int[] numbers = new int[INITIAL_COUNT];
  private int count;

  void add(int number) {
    if (count + GROUP >= numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    }
    numbers[count++] = number;
  }

  int count() {
    return count;
  }

  int get(int index) {
    return numbers[index];
  }

  void clear() {
    count = 0;
  }

  /** Writes runs and packed groups of numbers of {@code width} bits. */
  void writeRuns(int width, PageBytes out) {
    Arrays.fill(numbers, count, count + GROUP, 0);
    int at = 0;
    while (at < count) {
      if (isRun(at)) {
        int end = runEnd(at);
        out.putVarint((end - at) << 1);
        putShort(numbers[at], width, out);
        at = end;
      } else {
        int groups = groupsUntilRun(at);
        out.putVarint((groups << 1) | 1);
        pack(at, at + groups * GROUP, width, out);
        at += groups * GROUP;
      }
    }
  }

  /** Writes the numbers packed, the last group filled with zeros as far as its bytes go. */
  void writePacked(int width, PageBytes out) {
    Arrays.fill(numbers, count, count + GROUP, 0);
    pack(0, (count + GROUP - 1) / GROUP * GROUP, width, out);
  }

  private boolean isRun(int from) {
    if (count - from < GROUP) {
      return false;
    }
    int first = numbers[from];
    for (int i = from + 1; i < from + GROUP; i++) {
      if (numbers[i] != first) {
        return false;
      }
    }
    return true;
  }

  private int runEnd(int from) {
    int end = from + GROUP;
    while (end < count && numbers[end] == numbers[from]) {
      end++;
    }
    return end;
  }

  private int groupsUntilRun(int from) {
    int groups = 1;
    int at = from + GROUP;
    while (groups < MAX_GROUPS && at < count && !isRun(at)) {
      groups++;
      at += GROUP;
    }
    return groups;
  }

  private void pack(int from, int to, int width, PageBytes out) {
    long bits = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      bits |= (long) numbers[i] << held;
      held += width;
      if (held >= Integer.SIZE) {
        out.putInt((int) bits);
        bits >>>= Integer.SIZE;
        held -= Integer.SIZE;
      }
    }
    putShort((int) bits, held, out);
  }

  private static void putShort(int number, int width, PageBytes out) {
    for (int shift = 0; shift < width; shift += Byte.SIZE) {
      out.putByte(number >>> shift);
    }
  }
}
