package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.formats.record.Mutants.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileObjectsTest {
  private static final String CONTRACT =
      """
      {"type":"record","name":"R","fields":[{"name":"id","type":"string"},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}
      """;

  private static Outcome read(String format, byte[] object) {
    return Outcome.of(Outcome.pipeline(CONTRACT, "format: " + format, "id"), "day", object);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "csv", "debezium", "json", "avro", "parquet"})
  void saysWhatBecameOfAnObjectWhereverItIsCut(String format) {
    // Given
    Sample sample = Mutants.sample(format);
    byte[] object = sample.bytes();
    int whole = Outcome.of(sample.pipeline(), "day", object).read();
    boolean hasLines = List.of("ndjson", "csv", "debezium").contains(format);
    int step = Math.max(1, object.length / 600);

    for (int length = 5; length < object.length; length += step) {
      // When
      Outcome outcome = Outcome.of(sample.pipeline(), "day", Arrays.copyOf(object, length));

      // Then
      assertThat(outcome.read()).as("cut at %d", length).isLessThanOrEqualTo(whole);
      if (hasLines && outcome.unreadable().isEmpty()) {
        assertThat(outcome.read()).isGreaterThanOrEqualTo(linesIn(object, length, format));
      } else if (!format.equals("avro")) {
        assertThat(outcome.unreadable()).as("cut at %d", length).isNotEmpty();
      }
    }
    assertThat(whole).isEqualTo(12);
  }

  private static int linesIn(byte[] object, int length, String format) {
    String text = new String(object, 0, length, ISO_8859_1);
    int lines = (int) text.chars().filter(each -> each == 10).count();
    return format.equals("csv") ? Math.max(0, lines - 1) : lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "csv", "debezium", "json", "avro", "parquet"})
  void readsOrRefusesEveryMutant(String format) {
    Sample sample = Mutants.sample(format);
    byte[] object = sample.bytes();
    for (long seed = 20180131; seed < 20180131 + 500; seed++) {
      Mutants.readOne(format, sample.pipeline(), object, seed);
    }
  }

  @Test
  void refusesAvroWhoseLengthsLie() {
    byte[] honest = avro("null", "x");

    byte[] sync = new byte[16];
    for (byte[] block :
        List.of(
            new byte[] {2, (byte) 0xfe, -1, -1, -1, 15},
            new byte[] {(byte) 0xfe, -1, -1, -1, 15, 2, 0},
            new byte[] {1, 2, 0},
            new byte[] {2, 1},
            new byte[] {2, 4, 8, 'a'},
            new byte[] {2, 10, (byte) 0xfe, -1, -1, -1, 15},
            new byte[] {4, 6, 2, 'a', 2})) {
      byte[] object = concat(honest, block, sync);
      Outcome outcome = read("avro", object);
      assertThat(outcome.unreadable()).as(Arrays.toString(block)).startsWith("Cannot read object");
      assertThat(outcome.accepted()).hasSizeBetween(1, 2);
    }
  }

  @Test
  void refusesAvroWhoseHeaderLies() {
    byte[] longest = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    for (byte[] header : List.of(concat(new byte[] {2}, longest), concat(longest, longest))) {
      assertThat(read("avro", concat(new byte[] {'O', 'b', 'j', 1}, header)).unreadable())
          .as(Arrays.toString(header))
          .contains("its header is longer than 4194304 bytes");
    }
  }

  @Test
  void refusesAvroBlocksThatExpandBeyondTheirLimit() {
    String zeroes = "0".repeat(70 << 20);
    for (String codec : List.of("deflate", "bzip2", "zstandard", "snappy")) {
      assertThat(read("avro", avro(codec, zeroes)).unreadable())
          .as(codec)
          .contains("it expands beyond 67108864 bytes");
    }
  }

  private static byte[] avro(String codec, String id) {
    Schema schema = new Schema.Parser().parse(CONTRACT);
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", id);
    record.put("at", 1L);
    return SampleObjects.avro(List.of(record), schema, codec);
  }

  @Test
  void refusesParquetWhoseFooterLies() {
    Sample sample = Mutants.sample("parquet");
    for (int length : new int[] {0, 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
      byte[] object = sample.bytes();
      for (int i = 0; i < 4; i++) {
        object[object.length - 8 + i] = (byte) (length >> (8 * i));
      }
      assertThat(Outcome.of(sample.pipeline(), "day", object).unreadable()).isNotEmpty();
    }
    assertThat(read("parquet", "PAR1PAR1".getBytes(UTF_8)).unreadable()).isNotEmpty();
    assertThat(read("parquet", new byte[0]).unreadable())
        .isEqualTo(
            "Cannot read object beyond its uncompressed byte 0: of its row 0, the object is not a"
                + " Parquet file (length is too low: 0)");
  }

  @Test
  void rejectsTenThousandLevels() {
    String deep = "{\"id\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    for (String format : List.of("ndjson", "json", "debezium")) {
      Outcome outcome = read(format, (deep + "\n").getBytes(UTF_8));
      assertThat(outcome.read()).isEqualTo(1);
      assertThat(outcome.refusals()).hasSize(1);
    }
  }

  @Test
  void takesWhatIsCompressedTwiceForWhatItIs() throws IOException {
    byte[] bomb = gzip(gzip(new byte[100 << 20]));
    for (String format : List.of("ndjson", "json", "csv", "avro", "parquet", "debezium")) {
      Outcome outcome = read(format, bomb);
      assertThat(outcome.accepted()).isEmpty();
      assertThat(outcome.read() > 0 || !outcome.unreadable().isEmpty()).as(format).isTrue();
    }
  }

  @Test
  void rejectsNoise() {
    byte[] noise = new byte[100_000];
    new Random(7).nextBytes(noise);
    for (String format : List.of("ndjson", "json", "csv", "tsv", "avro", "parquet", "debezium")) {
      Outcome outcome = read(format, noise);
      assertThat(outcome.accepted()).as(format).isEmpty();
      assertThat(outcome.read() > 0 || !outcome.unreadable().isEmpty()).as(format).isTrue();
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
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

  @Test
  void refusesAnObjectThatIsNotOfTheDeclaredFormat() {
    Pipeline pipeline = Outcome.pipeline(CONTRACT, "format: avro", "id");
    assertThat(Outcome.of(pipeline, "day", "{\"id\":\"a\",\"at\":1}\n").unreadable())
        .contains("it is no Avro object container file");
  }
}
