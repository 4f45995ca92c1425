package io.sluice.formats.compress;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.xerial.snappy.Snappy;

/** What formats compress their blocks and pages with: bytes that are in memory as a whole. */
public enum BlockCodec {
  /** Not at all. */
  NONE,
  /** RFC 1951, without a header. */
  DEFLATE,
  /** RFC 1952. */
  GZIP,
  /** RFC 8878. */
  ZSTANDARD,
  /** Any number of streams. */
  BZIP2,
  /** Without frames. */
  SNAPPY;

  /**
   * The block's content.
   *
   * @throws IOException with the reason when it is corrupt, or longer than {@code maxBytes}
   */
  public byte[] decompress(byte[] block, int maxBytes) throws IOException {
    try (InputStream in = open(new ByteArrayInputStream(block), maxBytes)) {
      byte[] content = in.readNBytes(maxBytes);
      refuseIfLonger(in.read() < 0 ? content.length : maxBytes + 1L, maxBytes);
      return content;
    } catch (RuntimeException e) {
      throw new IOException("it is corrupt", e);
    }
  }

  private InputStream open(InputStream block, int maxBytes) throws IOException {
    return switch (this) {
      case NONE -> block;
      case DEFLATE -> new InflaterInputStream(block, new Inflater(true));
      case GZIP -> new GZIPInputStream(block);
      case ZSTANDARD -> new ZstdInputStreamNoFinalizer(block);
      case BZIP2 -> new BZip2CompressorInputStream(block, true);
      case SNAPPY -> snappy(block, maxBytes);
    };
  }

  private static InputStream snappy(InputStream in, int maxBytes) throws IOException {
    byte[] block = in.readAllBytes();
    if (!Snappy.isValidCompressedBuffer(block)) {
      throw new IOException("it is not snappy");
    }
    refuseIfLonger(Snappy.uncompressedLength(block), maxBytes);
    return new ByteArrayInputStream(Snappy.uncompress(block));
  }

  private static void refuseIfLonger(long length, int maxBytes) throws IOException {
    if (length > maxBytes) {
      throw new IOException("it expands beyond " + maxBytes + " bytes");
    }
  }
}
