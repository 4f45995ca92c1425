package io.sluice.land.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.compress.UnreadableObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.xerial.snappy.SnappyFramedInputStream;

/**
 * An object is decompressed, or cannot be read and says why, and nothing else is thrown. In steps
 * of another length it comes to the same, it is no longer than its limit, and what is read as a
 * whole another decompressor reads too.
 */
final class DecompressedObject implements FuzzTarget {
  private static final int MOST_BYTES = 1 << 20;
  private static final Limits LIMITS =
      new Limits(1 << 20, 64, 10_000, 1 << 20, MOST_BYTES, 1_000, 1_000_000, 100);

  @Override
  public void take(byte[] input) throws IOException {
    Result result = read(input, 8 << 10);
    assertThat(read(input, 7)).isEqualTo(result);
    assertThat(result.content().length()).isLessThanOrEqualTo(MOST_BYTES);
    if (result.isWhole() && !result.content().equals(latin1(input))) {
      try (InputStream other = other(input)) {
        assertThat(result.content()).isEqualTo(latin1(other.readAllBytes()));
      } catch (ZipException e) {
        // The checksum of a header, which no other decompressor looks at.
        assertThat(e).hasMessage("Corrupt GZIP header");
      }
    }
  }

  /** How far a corrupt object was read before it was known depends on the steps. */
  private record Result(String content, boolean isWhole) {
    static final Result UNREADABLE = new Result("", false);
  }

  private static Result read(byte[] input, int step) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] chunk = new byte[step];
    try (InputStream plain = Decompression.open(new ByteArrayInputStream(input), LIMITS)) {
      for (int read = plain.read(chunk); read >= 0; read = plain.read(chunk)) {
        content.write(chunk, 0, read);
      }
      return new Result(content.toString(ISO_8859_1), true);
    } catch (UnreadableObject e) {
      return Result.UNREADABLE;
    }
  }

  /** Another library's decompressor, told by the first byte of the four magics. */
  private static InputStream other(byte[] input) throws IOException {
    InputStream in = new ByteArrayInputStream(input);
    return switch (input[0]) {
      case 0x1f -> new GZIPInputStream(in);
      case 'B' -> new BZip2CompressorInputStream(in, true);
      case -1 -> new SnappyFramedInputStream(in);
      default -> new ZstdInputStreamNoFinalizer(in);
    };
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
