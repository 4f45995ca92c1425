package io.sluice.formats.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sluice.contracts.pipeline.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecompressionTest {
  private static final byte[] TEXT = "{\"a\":1}\n{\"a\":\"é\"}\n".repeat(20).getBytes(UTF_8);

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zstd(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(bytes).setChecksum(true)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] read(byte[] object) throws IOException {
    try (InputStream in = Decompression.open(new Trickle(object), Limits.DEFAULT)) {
      return in.readAllBytes();
    }
  }

  @Test
  void readsPlainGzipAndZstdWhateverTheyAreCalled() throws IOException {
    for (byte[] object : List.of(TEXT, gzip(TEXT), zstd(TEXT))) {
      assertThat(read(object)).isEqualTo(TEXT);
    }
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(new byte[] {'{'})).containsExactly('{');
  }

  @Test
  void readsEveryMemberOfAGzipAndEveryFrameOfAZstd() throws IOException {
    // Given
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 'x', 'y'};
    byte[] thrice = concat(TEXT, TEXT, TEXT);

    // When, Then
    assertThat(read(concat(gzip(TEXT), gzip(TEXT), gzip(TEXT)))).isEqualTo(thrice);
    assertThat(read(concat(skippable, zstd(TEXT), zstd(TEXT), skippable, zstd(TEXT))))
        .isEqualTo(thrice);
  }

  @Test
  void refusesWhatFollowsTheLastMember() throws IOException {
    for (byte[] object : List.of(gzip(TEXT), zstd(TEXT))) {
      assertThatThrownBy(() -> read(concat(object, "{\"a\":2}\n".getBytes(UTF_8))))
          .isInstanceOf(UnreadableObject.class);
    }
  }

  @Test
  void saysThatATruncatedObjectIsUnreadableWhereverItIsCut() throws IOException {
    for (byte[] one : List.of(gzip(TEXT), zstd(TEXT))) {
      byte[] object = concat(one, one);
      for (int length = 4; length < object.length; length++) {
        byte[] cut = Arrays.copyOf(object, length);
        if (length == one.length) {
          assertThat(read(cut)).isEqualTo(TEXT);
        } else {
          assertThatThrownBy(() -> read(cut))
              .as("cut at %d of %d", length, object.length)
              .isInstanceOf(UnreadableObject.class);
        }
      }
    }
  }

  @Test
  void neverThrowsAnythingElseWhenBytesAreWrong() throws IOException {
    // Given
    long seed = 20180131;
    Random random = new Random(seed);
    List<byte[]> objects = List.of(gzip(TEXT), zstd(TEXT), concat(zstd(TEXT), gzip(TEXT)));

    for (int i = 0; i < 3000; i++) {
      // When
      byte[] object = objects.get(i % objects.size()).clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        object[4 + random.nextInt(object.length - 4)] ^= (byte) (1 << random.nextInt(8));
      }

      // Then
      try {
        assertThat(read(object)).as("seed %d, object %d", seed, i).isNotNull();
      } catch (UnreadableObject e) {
        assertThat(e.position()).isBetween(0L, 2L * TEXT.length);
      }
    }
  }

  @Test
  void leavesTheStoresFailureAsItIs() throws IOException {
    for (byte[] object : List.of(TEXT, gzip(TEXT), zstd(TEXT))) {
      for (int failAt = 0; failAt <= object.length; failAt++) {
        IOException reset = new IOException("Connection reset");
        InputStream store = new Trickle(object, failAt, reset);
        assertThatThrownBy(
                () -> {
                  try (InputStream in = Decompression.open(store, Limits.DEFAULT)) {
                    in.readAllBytes();
                  }
                })
            .isSameAs(reset);
      }
    }
  }

  @Test
  void refusesToExpandWithoutEnd() throws IOException {
    // Given
    byte[] bomb = Zstd.compress(new byte[200 << 20]);
    Limits hundredBytes = new Limits(1, 1, 1, 1, 100, 1, 1, 1);

    // When, Then
    assertThatThrownBy(
            () ->
                Decompression.open(new Trickle(bomb), Limits.DEFAULT)
                    .transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(UnreadableObject.class)
        .hasMessageContaining("expands more than 1000 times");
    assertThatThrownBy(() -> Decompression.open(new Trickle(TEXT), hundredBytes).readAllBytes())
        .isInstanceOf(UnreadableObject.class)
        .hasMessageContaining("longer than 100 bytes");
  }

  /** A store's stream at its worst: few bytes at a time, nothing ever available, then a failure. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream in;
    private final int failAt;
    private final IOException failure;
    private int position;

    Trickle(byte[] content) {
      this(content, Integer.MAX_VALUE, new IOException());
    }

    Trickle(byte[] content, int failAt, IOException failure) {
      this.in = new ByteArrayInputStream(content);
      this.failAt = failAt;
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position >= failAt) {
        throw failure;
      }
      int read = in.read(bytes, offset, Math.min(length, Math.min(7919, failAt - position)));
      position += Math.max(read, 0);
      return read;
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
