package io.sluice.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, numbers little-endian, as Parquet has them. */
final class PageBytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int INITIAL_BYTES = 1 << 10;
  private static final int VARINT_PAYLOAD = 0x7f;
  private static final int VARINT_MORE = 0x80;
  private static final int VARINT_SHIFT = 7;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** What holds the bytes; behind them is room for a long, whatever is in it. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Forgets what is behind the first {@code newLength} bytes. */
  void truncate(int newLength) {
    length = newLength;
  }

  void putByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void putInt(int value) {
    room(Integer.BYTES);
    INT.set(bytes, length, value);
    length += Integer.BYTES;
  }

  void putLong(long value) {
    room(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  void put(byte[] from, int start, int count) {
    room(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  void putVarint(int value) {
    int left = value;
    while (left > VARINT_PAYLOAD) {
      putByte(left | VARINT_MORE);
      left >>>= VARINT_SHIFT;
    }
    putByte(left);
  }

  /** Replaces four bytes. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  private void room(int count) {
    int needed = Math.addExact(length + Long.BYTES, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, needed));
    }
  }
}
