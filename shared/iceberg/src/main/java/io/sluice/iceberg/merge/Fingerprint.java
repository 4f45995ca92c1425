package io.sluice.iceberg.merge;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * 128 bits of a SHA-256: what a key or a content is recognised by. It takes about 2^64 records
 * before two of them are likely to share one, and nobody knows how to make two on purpose.
 */
record Fingerprint(long high, long low) {
  static Fingerprint of(byte[] digest) {
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  /** In hex, as people see {@code _hash}. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }
}
