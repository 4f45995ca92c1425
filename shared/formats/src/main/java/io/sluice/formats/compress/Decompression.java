package io.sluice.formats.compress;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * An object's bytes, uncompressed: gzip (any number of members), zstd (any number of frames) or
 * plain, told by its first bytes. All of it is read and checked to the end; what follows a gzip
 * member and is none is an error, not an end.
 */
public final class Decompression extends InputStream {
  /** 16 GiB: what one Lambda can read through within its 15 minutes. */
  public static final long MAX_BYTES = 16L << 30;

  /** NDJSON compresses 5 to 40 times; above this an object is made to be a bomb. */
  public static final int MAX_RATIO = 500;

  /** Below this the ratio does not count: small objects of one repeated line are honest. */
  public static final long RATIO_FREE_BYTES = 64L << 20;

  private static final int MAGIC_BYTES = 4;

  private final SourceStream source;
  private final InputStream decompressed;
  private final long maxBytes;
  private long position;

  private Decompression(SourceStream source, InputStream decompressed, long maxBytes) {
    this.source = source;
    this.decompressed = decompressed;
    this.maxBytes = maxBytes;
  }

  /**
   * Starts reading; closing the result closes {@code raw}. Reading throws {@link UnreadableObject}
   * when the object is at fault, and whatever {@code raw} throws as it is.
   */
  public static Decompression open(InputStream raw) throws IOException {
    return open(raw, MAX_BYTES);
  }

  static Decompression open(InputStream raw, long maxBytes) throws IOException {
    SourceStream source = new SourceStream(raw);
    byte[] magic = source.peek(MAGIC_BYTES);
    try {
      return new Decompression(source, decompressed(source, magic), maxBytes);
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
    if (magic.length == MAGIC_BYTES && isZstd(magic)) {
      return new ZstdStream(source);
    }
    return source;
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
    if (position > maxBytes) {
      throw new UnreadableObject(position, "it is longer than " + maxBytes + " bytes");
    }
    if (position > RATIO_FREE_BYTES && position / MAX_RATIO > source.count()) {
      throw new UnreadableObject(position, "it expands more than " + MAX_RATIO + " times");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    decompressed.close();
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "it is cut off" : e.getMessage();
  }
}
