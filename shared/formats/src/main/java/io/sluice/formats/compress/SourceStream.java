package io.sluice.formats.compress;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The store's bytes on their way into a decompressor, which may rename the store's failures. */
final class SourceStream extends FilterInputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private @Nullable IOException failure;
  private long count;

  SourceStream(InputStream in) {
    super(new BufferedInputStream(in, BUFFER_BYTES));
  }

  /** The first {@code length} bytes, or all when there are fewer, without taking them. */
  byte[] peek(int length) throws IOException {
    in.mark(length);
    byte[] bytes = in.readNBytes(length);
    in.reset();
    return bytes;
  }

  /** How many bytes were taken. */
  long count() {
    return count;
  }

  /** Throws what the store threw, as it was, if it threw. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    rethrow();
    try {
      int read = in.read(bytes, offset, length);
      count += Math.max(read, 0);
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
