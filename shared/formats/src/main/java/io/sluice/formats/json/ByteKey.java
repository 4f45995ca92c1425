package io.sluice.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes in the middle of others, as a key of a map; can be moved while it is in none. */
final class ByteKey {
  private byte[] bytes = new byte[0];
  private int start;
  private int end;

  static ByteKey of(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    return new ByteKey().at(encoded, 0, encoded.length);
  }

  ByteKey at(byte[] newBytes, int newStart, int newEnd) {
    bytes = newBytes;
    start = newStart;
    end = newEnd;
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteKey key
        && Arrays.equals(bytes, start, end, key.bytes, key.start, key.end);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }
}
