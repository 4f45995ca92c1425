package io.sluice.formats.record;

import io.sluice.formats.decode.Decoded;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The records of a source object, each as JSON that says the same. What it says holds until the
 * next {@link #next}; the stream stays the caller's to close.
 */
public interface RecordSource extends Closeable {
  /** 64 KiB: how much of an oversized record is kept, enough to see what it is. */
  int KEPT_BYTES = 64 << 10;

  /** As {@link RecordReader#next}. */
  boolean next() throws IOException;

  /** As {@link RecordReader#ordinal}. */
  long ordinal();

  /** As {@link RecordReader#line}. */
  long line();

  /** As {@link RecordReader#byteOffset}. */
  long byteOffset();

  /** As {@link RecordReader#bytes}. */
  byte[] bytes();

  /** What the contract is to be held against. */
  Rendered rendered();

  @Override
  default void close() throws IOException {}

  /** A record as JSON, or why there is none. */
  sealed interface Rendered {
    /** What remains in a buffer that has an array, which is not to be changed. */
    record Json(ByteBuffer bytes) implements Rendered {}

    /** The record is not even one of its format. */
    record Broken(Decoded.Rejected reason) implements Rendered {}
  }
}
