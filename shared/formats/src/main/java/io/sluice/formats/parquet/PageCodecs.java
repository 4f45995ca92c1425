package io.sluice.formats.parquet;

import io.sluice.formats.compress.BlockCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The codecs of Parquet pages that other writers use, for reading alone. */
final class PageCodecs implements CompressionCodecFactory {
  /** 64 MiB: sixty times what writers make of a page. */
  static final int MAX_PAGE_BYTES = 64 << 20;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("These codecs only read");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(
        switch (name) {
          case UNCOMPRESSED -> BlockCodec.NONE;
          case SNAPPY -> BlockCodec.SNAPPY;
          case GZIP -> BlockCodec.GZIP;
          case ZSTD -> BlockCodec.ZSTANDARD;
          case LZO, BROTLI, LZ4, LZ4_RAW ->
              throw new IllegalArgumentException("its codec " + name + " is not available");
        });
  }

  @Override
  public void release() {}

  private static final class Decompressor implements BytesInputDecompressor {
    private final BlockCodec codec;

    Decompressor(BlockCodec codec) {
      this.codec = codec;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
      bytes.writeAllTo(compressed);
      return BytesInput.from(decompressed(compressed.toByteArray(), decompressedSize));
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      byte[] compressed = new byte[Math.min(compressedSize, input.remaining())];
      input.get(compressed);
      output.put(decompressed(compressed, decompressedSize));
    }

    private byte[] decompressed(byte[] compressed, int size) throws IOException {
      byte[] content = codec.decompress(compressed, Math.min(size, MAX_PAGE_BYTES));
      if (content.length != size) {
        throw new IOException("a page has " + content.length + " bytes, not " + size);
      }
      return content;
    }

    @Override
    public void release() {}
  }
}
