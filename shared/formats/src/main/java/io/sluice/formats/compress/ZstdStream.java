package io.sluice.formats.compress;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The content of any number of zstd frames. Unlike zstd-jni's own stream, it knows a cut in every
 * frame: there, once one frame has ended, the end of the source is an end wherever it comes.
 *
 * <p>Frames whose window is larger than 128 MiB, zstd's default, are refused by the library.
 */
final class ZstdStream extends InputStream {
  private static final int BUFFER_BYTES = 128 << 10;

  private final InputStream source;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] chunk = new byte[BUFFER_BYTES];
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
  private boolean insideFrame = true;

  ZstdStream(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!out.hasRemaining()) {
      boolean mayHoldMore = insideFrame && out.limit() == out.capacity();
      if (!in.hasRemaining() && !mayHoldMore && !fill()) {
        return -1;
      }
      decompress();
    }
    int read = Math.min(length, out.remaining());
    out.get(bytes, offset, read);
    return read;
  }

  /** Reads more of the source; false at its end, which may only come between frames. */
  private boolean fill() throws IOException {
    int read = source.read(chunk, 0, chunk.length);
    if (read < 0 && insideFrame) {
      throw new EOFException("it is cut off inside a zstd frame");
    }
    if (read > 0) {
      in.clear().put(chunk, 0, read).flip();
    }
    return read >= 0;
  }

  private void decompress() throws IOException {
    out.clear();
    try {
      insideFrame = !context.decompressDirectByteBufferStream(out, in);
    } catch (ZstdException e) {
      out.limit(0);
      throw new IOException(e.getMessage(), e);
    }
    out.flip();
  }

  @Override
  public void close() throws IOException {
    context.close();
    source.close();
  }
}
