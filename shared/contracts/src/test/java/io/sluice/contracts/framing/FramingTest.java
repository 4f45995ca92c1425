package io.sluice.contracts.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {
  private static final int MAX_BYTES = 100_000;
  private static final String UUID_HEX = "f81d4fae7dec11d0a76500a0c91e6bf6";

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static ByteBuffer glue(byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(HexFormat.of().parseHex("0305" + UUID_HEX));
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write(payload);
    }
    return ByteBuffer.wrap(out.toByteArray());
  }

  @Test
  void readsTheIdAndThePayloadOfEachFraming() throws IOException {
    // Given
    SchemaId version =
        new SchemaId.Version(UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
    ByteBuffer payload = bytes("4142");

    // Then
    assertThat(Framing.NONE.read(payload, MAX_BYTES))
        .isEqualTo(new Frame.Framed(new SchemaId.None(), payload));
    assertThat(Framing.CONFLUENT.read(bytes("00000000114142"), MAX_BYTES))
        .isEqualTo(new Frame.Framed(new SchemaId.Numbered(17), payload));
    assertThat(Framing.GLUE.read(bytes("0300" + UUID_HEX + "4142"), MAX_BYTES))
        .isEqualTo(new Frame.Framed(version, payload));
    assertThat(Framing.GLUE.read(glue("AB".getBytes(UTF_8)), MAX_BYTES))
        .isEqualTo(new Frame.Framed(version, payload));
    assertThat(Framing.SINGLE_OBJECT.read(bytes("c30101020304050607084142"), MAX_BYTES))
        .isEqualTo(new Frame.Framed(new SchemaId.Fingerprint(0x0807060504030201L), payload));
  }

  @Test
  void readsWhatAvroItselfWritesAsASingleObject() throws IOException {
    // Given
    Schema schema = Schema.create(Schema.Type.STRING);
    ByteBuffer message =
        new BinaryMessageEncoder<CharSequence>(GenericData.get(), schema).encode("größer");

    // When
    Frame frame = Framing.SINGLE_OBJECT.read(message, MAX_BYTES);

    // Then
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    assertThat(((Frame.Framed) frame).schema()).isEqualTo(new SchemaId.Fingerprint(fingerprint));
    assertThat(((Frame.Framed) frame).payload().remaining()).isEqualTo(message.remaining() - 10);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFLUENT, ''",
    "CONFLUENT, 00000000",
    "CONFLUENT, 0100000011",
    "CONFLUENT, 7b226964223a317d",
    "GLUE, 03",
    "GLUE, 0301f81d4fae7dec11d0a76500a0c91e6bf6",
    "GLUE, 0305f81d4fae7dec11d0a76500a0c91e6bf6",
    "GLUE, 0305f81d4fae7dec11d0a76500a0c91e6bf6ffff",
    "SINGLE_OBJECT, c301010203",
    "SINGLE_OBJECT, c3020102030405060708",
  })
  void saysWhatItWantedWhereThereIsNoSuchHeader(Framing framing, String hex) {
    assertThat(framing.read(bytes(hex), MAX_BYTES)).isInstanceOf(Frame.Broken.class);
  }

  @Test
  void refusesAPayloadThatExpandsBeyondTheLimitOrDoesNotEnd() throws IOException {
    // Given
    ByteBuffer bomb = glue(new byte[MAX_BYTES + 1]);
    ByteBuffer whole = glue("a payload of some length".getBytes(UTF_8));
    ByteBuffer longer = ByteBuffer.allocate(whole.remaining() + 1).put(whole.duplicate()).rewind();

    // Then
    assertThat(((Frame.Broken) Framing.GLUE.read(bomb, MAX_BYTES)).found())
        .isEqualTo("a longer one");
    assertThat(
            ((Frame.Broken) Framing.GLUE.read(whole.slice(0, whole.remaining() - 3), MAX_BYTES))
                .found())
        .isEqualTo("one that is cut off");
    assertThat(((Frame.Broken) Framing.GLUE.read(longer, MAX_BYTES)).found())
        .isEqualTo("1 bytes behind it");
  }

  @Test
  void answersToAnyBytesAndLeavesThemAsTheyAre() {
    // Given
    Random random = new Random(11);

    for (int i = 0; i < 50_000; i++) {
      byte[] record = new byte[random.nextInt(40)];
      random.nextBytes(record);
      if (record.length > 2 && random.nextBoolean()) {
        record[0] = (byte) new int[] {0, 3, 0xC3}[random.nextInt(3)];
        record[1] = (byte) new int[] {0, 1, 5}[random.nextInt(3)];
      }
      ByteBuffer buffer = ByteBuffer.wrap(record);
      for (Framing framing : Framing.values()) {
        // When
        Frame frame = framing.read(buffer, MAX_BYTES);

        // Then
        assertThat(frame).isNotNull();
        assertThat(buffer.position()).isZero();
      }
    }
  }
}
