package io.sluice.iceberg.merge;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of a merge's keys. What is kept of keys has to fit in memory: a batch of more records than
 * that is gone through once for each part. Which part a key is in follows from its fingerprint.
 */
record KeyPart(int number, int count) {
  /** All keys. */
  static final KeyPart WHOLE = new KeyPart(0, 1);

  /** The parts of the keys of so many records, of about {@code most} each. */
  static List<KeyPart> of(long records, long most) {
    int count = Math.toIntExact(Math.max(1, Math.ceilDiv(records, most)));
    return IntStream.range(0, count).mapToObj(number -> new KeyPart(number, count)).toList();
  }

  /** Whether the key is in this part. */
  boolean has(Fingerprint key) {
    return count == 1 || Long.remainderUnsigned(key.high(), count) == number;
  }

  /** Whether what is true of all keys, such as a record that names none, is counted here. */
  boolean isFirst() {
    return number == 0;
  }

  /** {@code name}, or where there are several parts the name of this part of it. */
  String nameOf(String name) {
    return count == 1 ? name : name + "-" + number;
  }
}
