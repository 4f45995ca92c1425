package io.sluice.formats.record;

import io.sluice.formats.decode.Decoded;
import java.io.Closeable;
import java.io.IOException;

/**
 * The records of one source object, one at a time, in memory that does not grow with the object.
 * What the accessors say holds until the next {@link #next}; the stream stays the caller's to
 * close.
 */
public interface RecordReader extends Closeable {
  /**
   * Goes to the next record; false at the end.
   *
   * @throws io.sluice.formats.compress.UnreadableObject when the object is not what its format
   *     wants, so that where the next record begins cannot be told
   */
  boolean next() throws IOException;

  /** The number of this record, counted from 0. */
  long ordinal();

  /** The line that it starts at, counted from 1; 0 where the format has no lines. */
  long line();

  /** Where it starts in the uncompressed object. */
  long byteOffset();

  /** A copy of its bytes as they came, or of their beginning when it is too large. */
  byte[] bytes();

  /** What the contract says of it. */
  Decoded decode();
}
