package io.sluice.formats.compress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyStreamTest {
  private static final String IDENTIFIER = "ff060000734e61507059";
  private static final byte[] TEXT = "{\"a\":1}\n".getBytes(US_ASCII);

  private static byte[] snappy(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FramedSnappyCompressorOutputStream out = new FramedSnappyCompressorOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] between(String chunks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(snappy(TEXT));
    bytes.write(HexFormat.of().parseHex(chunks));
    bytes.write(snappy(TEXT));
    return bytes.toByteArray();
  }

  private static String read(byte[] object) throws IOException {
    try (InputStream in = Decompression.open(new ByteArrayInputStream(object), Limits.DEFAULT)) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  /** An identifier, skippable chunks, padding, and data chunks of no bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        IDENTIFIER,
        "80030000616263",
        "fd000000",
        "fe0200000000",
        "01040000d8ea82a2",
        "00050000d8ea82a200"
      })
  void readsOnBehindChunksWithoutData(String chunk) throws IOException {
    assertThat(read(between(chunk))).isEqualTo("{\"a\":1}\n{\"a\":1}\n");
    assertThat(read(between(chunk.repeat(100_000)))).isEqualTo("{\"a\":1}\n{\"a\":1}\n");
  }

  /**
   * Another identifier, one that is too long, a chunk that nobody may skip, data that is shorter
   * than its checksum, data that its checksum is not of, chunks of no data that have bytes, and one
   * with bytes behind its block.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff060000734e61507058",
        "ff070000734e6150705900",
        "02000000",
        "010500000000000061",
        "01030000000000",
        "0004000000000000",
        "00070000d8ea82a2000000",
        "00080000d8ea82a280000000"
      })
  void refusesChunksThatAreNone(String chunk) {
    assertThatThrownBy(() -> read(between(chunk))).isInstanceOf(UnreadableObject.class);
  }

  @Test
  void refusesAStreamThatIsCutOffInAChunkWithoutData() throws IOException {
    // Given
    byte[] object = between("80030000616263");
    int start = snappy(TEXT).length;

    // When, Then
    for (int length = start + 1; length < start + 7; length++) {
      byte[] cut = Arrays.copyOf(object, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(UnreadableObject.class);
    }
  }
}
