package io.sluice.formats.compress;

import io.sluice.contracts.pipeline.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * An object's bytes, uncompressed: gzip (any number of members), zstd (any number of frames), bzip2
 * (any number of streams), framed snappy or plain, told by its first bytes. All of it is read and
 * checked to the end; what follows a gzip member and is none is an error, not an end.
 */
public final class Decompression extends InputStream {
  /** Below this the ratio does not count: small objects of one repeated line are honest. */
  public static final long RATIO_FREE_BYTES = 64L << 20;

  /** The longest magic: the first chunk of framed snappy. */
  private static final int MAGIC_BYTES = 10;

  private static final byte[] FRAMED_SNAPPY = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

  private final SourceStream source;
  private final InputStream decompressed;
  private final Limits limits;
  private long position;

  private Decompression(SourceStream source, InputStream decompressed, Limits limits) {
    this.source = source;
    this.decompressed = decompressed;
    this.limits = limits;
  }

  /**
   * Starts reading; closing the result closes {@code raw}. Reading throws {@link UnreadableObject}
   * when the object is at fault, and whatever {@code raw} throws as it is.
   */
  public static Decompression open(InputStream raw, Limits limits) throws IOException {
    SourceStream source = new SourceStream(raw);
    byte[] magic = source.peek(MAGIC_BYTES);
    try {
      return new Decompression(source, decompressed(source, magic), limits);
    } catch (IOException e) {
      source.rethrow();
      throw new UnreadableObject(0, reason(e), e);
    }
  }

  private static InputStream decompressed(SourceStream source, byte[] magic) throws IOException {
    if (magic.length >= 2 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b) {
      return GzipCompressorInputStream.builder()
          .setInputStream(source)
          .setDecompressConcatenated(true)
          .get();
    }
    if (magic.length >= 4 && isZstd(magic)) {
      return new ZstdStream(source);
    }
    if (isBzip2(magic)) {
      return new Checked(new BZip2CompressorInputStream(source, true));
    }
    if (Arrays.equals(magic, FRAMED_SNAPPY)) {
      return new Checked(new SnappyStream(source));
    }
    return source;
  }

  /** {@code BZh}, the size of its blocks, and the start of the first block or of the end. */
  private static boolean isBzip2(byte[] magic) {
    return magic.length == MAGIC_BYTES
        && magic[0] == 'B'
        && magic[1] == 'Z'
        && magic[2] == 'h'
        && magic[3] >= '1'
        && magic[3] <= '9'
        && (magic[4] == 0x31 || magic[4] == 0x17);
  }

  /** RFC 8878: a frame, or one of the sixteen kinds of skippable frame. */
  private static boolean isZstd(byte[] magic) {
    int word =
        (magic[0] & 0xff)
            | (magic[1] & 0xff) << 8
            | (magic[2] & 0xff) << 16
            | (magic[3] & 0xff) << 24;
    return word == 0xFD2FB528 || (word & 0xFFFFFFF0) == 0x184D2A50;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read;
    try {
      read = decompressed.read(bytes, offset, length);
    } catch (IOException e) {
      source.rethrow();
      throw new UnreadableObject(position, reason(e), e);
    }
    position += Math.max(read, 0);
    if (position > limits.objectBytes()) {
      throw new UnreadableObject(position, "it is longer than " + limits.objectBytes() + " bytes");
    }
    if (position > RATIO_FREE_BYTES && position / limits.ratio() > source.count()) {
      throw new UnreadableObject(position, "it expands more than " + limits.ratio() + " times");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    decompressed.close();
  }

  /** A decompressor that may fall over corrupt bytes, which is no more than a corrupt object. */
  private static final class Checked extends FilterInputStream {
    Checked(InputStream decompressor) {
      super(decompressor);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (RuntimeException e) {
        throw new IOException("it is corrupt", e);
      }
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "it is cut off" : e.getMessage();
  }
}
