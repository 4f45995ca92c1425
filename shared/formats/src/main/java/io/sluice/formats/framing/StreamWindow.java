package io.sluice.formats.framing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream seen from a place in it that moves on: bytes by their distance from there. */
final class StreamWindow {
  private static final int INITIAL_BYTES = 256 << 10;

  private final InputStream in;
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int start;
  private int end;
  private boolean ended;
  private long position;
  private long line = 1;

  StreamWindow(InputStream in) {
    this.in = in;
  }

  /** The byte at {@code distance}, 0 to 255; -1 behind the end of the stream. */
  int at(int distance) throws IOException {
    int index = start + distance;
    return index < end ? buffer[index] & 0xff : further(distance);
  }

  /** Moves on by {@code distance} bytes, which were seen. */
  void move(int distance) {
    for (int i = start; i < start + distance; i++) {
      if (buffer[i] == '\n') {
        line++;
      }
    }
    start += distance;
    position += distance;
  }

  /** How many bytes lie before the window. */
  long position() {
    return position;
  }

  /** The line of its first byte, counted from 1. */
  long line() {
    return line;
  }

  /** What holds the bytes that were seen, until others are asked for. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the window starts in {@link #buffer}. */
  int start() {
    return start;
  }

  private int further(int distance) throws IOException {
    while (!ended && start + distance >= end) {
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
      }
      if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
      int read = in.read(buffer, end, buffer.length - end);
      ended = read < 0;
      end += Math.max(read, 0);
    }
    return start + distance < end ? buffer[start + distance] & 0xff : -1;
  }
}
