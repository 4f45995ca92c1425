package io.sluice.formats.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Parquet pages in zstd and nothing else. parquet-java's own factory starts Hadoop's configuration
 * for it, which costs a cold start hundreds of milliseconds.
 */
public final class ZstdCodecs implements CompressionCodecFactory {
  /** zstd's default: higher levels cost more CPU than the bytes they save in S3. */
  private static final int LEVEL = 3;

  private final boolean reusesBuffers;

  /** Pages that are there for as long as somebody refers to them. */
  public ZstdCodecs() {
    this(false);
  }

  private ZstdCodecs(boolean reusesBuffers) {
    this.reusesBuffers = reusesBuffers;
  }

  /**
   * Pages of which each takes the place of the one before it in its column chunk, a dictionary's
   * too: who reads them one by one spares a processor's caches a new megabyte for each.
   */
  public static ZstdCodecs oneByOne() {
    return new ZstdCodecs(true);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    refuseOthers(name);
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    refuseOthers(name);
    return new Decompressor(reusesBuffers);
  }

  @Override
  public void release() {}

  private static void refuseOthers(CompressionCodecName name) {
    if (name != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Cannot read or write Parquet pages: codec " + name);
    }
  }

  private static byte[] bytesOf(BytesInput bytes) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
    bytes.writeAllTo(copy);
    return copy.toByteArray();
  }

  private static void decompress(ByteBuffer compressed, byte[] bytes, int size) throws IOException {
    ByteBuffer heap = compressed;
    if (!compressed.hasArray()) {
      heap = ByteBuffer.allocate(compressed.remaining()).put(compressed.duplicate()).flip();
    }
    int start = heap.arrayOffset() + heap.position();
    long written = Zstd.decompressByteArray(bytes, 0, size, heap.array(), start, heap.remaining());
    if (Zstd.isError(written) || written != size) {
      throw new IOException("Cannot read Parquet page: it is not zstd of the stated length");
    }
  }

  /** One context for all pages: making one costs as much as compressing a small page. */
  private static final class Compressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(context.compress(bytesOf(bytes)));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private static final class Decompressor implements BytesInputDecompressor {
    private final boolean reusesBuffer;
    private byte[] buffer = new byte[0];

    Decompressor(boolean reusesBuffer) {
      this.reusesBuffer = reusesBuffer;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      ByteBufferInputStream compressed = bytes.toInputStream();
      byte[] page = buffer(decompressedSize);
      ZstdCodecs.decompress(compressed.slice(compressed.available()), page, decompressedSize);
      return BytesInput.from(page, 0, decompressedSize);
    }

    private byte[] buffer(int size) {
      if (!reusesBuffer) {
        return new byte[size];
      }
      if (buffer.length < size) {
        buffer = new byte[size];
      }
      return buffer;
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      ByteBuffer compressed = input.slice().limit(compressedSize);
      input.position(input.position() + compressedSize);
      byte[] page = buffer(decompressedSize);
      ZstdCodecs.decompress(compressed, page, decompressedSize);
      output.put(page, 0, decompressedSize);
    }

    @Override
    public void release() {}
  }
}
