package io.sluice.formats.avro;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A place in a block of Avro's binary encoding that moves on. Lengths are held against what is
 * there before anything is made of them.
 */
final class AvroCursor {
  private static final int MAX_VARINT_SHIFT = 63;

  private final byte[] bytes;
  private final int maxDepth;
  private int position;
  private int depth;

  AvroCursor(byte[] bytes, int maxDepth) {
    this.bytes = bytes;
    this.maxDepth = maxDepth;
  }

  int position() {
    return position;
  }

  int remaining() {
    return bytes.length - position;
  }

  byte[] slice(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Goes into a record, an array or a map. */
  void enter() throws IOException {
    if (++depth > maxDepth) {
      throw new IOException("it nests deeper than " + maxDepth + " levels");
    }
  }

  /** Comes out of what was entered last. */
  void leave() {
    depth--;
  }

  int readByte() throws IOException {
    need(1);
    return bytes[position++] & 0xff;
  }

  int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("it has the int " + value);
    }
    return (int) value;
  }

  long readLong() throws IOException {
    long encoded = 0;
    for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
      int next = readByte();
      encoded |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return (encoded >>> 1) ^ -(encoded & 1);
      }
    }
    throw new IOException("it has a number of more than 64 bits");
  }

  float readFloat() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(4));
  }

  double readDouble() throws IOException {
    return Double.longBitsToDouble(littleEndian(8));
  }

  byte[] readBytes() throws IOException {
    return readFixed(readLong());
  }

  byte[] readFixed(long length) throws IOException {
    if (length < 0) {
      throw new IOException("it has a value of " + length + " bytes");
    }
    need(length);
    int from = position;
    position += (int) length;
    return slice(from, position);
  }

  /**
   * How many items the next block of an array or a map has; 0 at its end. Every item is taken to
   * have a byte.
   */
  long readBlockCount() throws IOException {
    long count = readLong();
    if (count < 0) {
      readLong();
      count = -count;
    }
    if (count < 0 || count > remaining()) {
      throw new IOException("it has " + count + " items in " + remaining() + " bytes");
    }
    return count;
  }

  private long littleEndian(int length) throws IOException {
    need(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[position++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private void need(long length) throws IOException {
    if (length > remaining()) {
      throw new EOFException("it is cut off, or a length in it is wrong");
    }
  }
}
