package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.sluice.contracts.pipeline.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Small objects of every format and codec, cut off at every byte. */
class TruncationTest {
  private static final int SNAPPY_HEADER_BYTES = 10;
  private static final int AVRO_MAGIC_BYTES = 4;

  private static final String CONTRACT =
      """
      {"type":"record","name":"R","fields":[{"name":"id","type":"string"},
       {"name":"n","type":["null","double"],"default":null},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}
      """;
  private static final List<String> FORMATS =
      List.of(
          "ndjson",
          "json",
          "json-values",
          "csv",
          "tsv",
          "avro",
          "parquet",
          "debezium-json",
          "debezium-avro");
  private static final Schema SCHEMA = new Schema.Parser().parse(CONTRACT);
  private static final List<String> LINES =
      List.of(
          "{\"id\":\"first\",\"n\":-1.5,\"at\":1517363399650}",
          "{\"id\":\"zw\u00e9i,\\\"\\n\",\"n\":null,\"at\":1517363399651}",
          "{\"id\":\"3\",\"at\":1517363399652}");
  private static final Map<String, Pipeline> PIPELINES =
      FORMATS.stream().collect(Collectors.toMap(format -> format, TruncationTest::pipeline));
  private static final List<GenericRecord> RECORDS =
      read("ndjson", (String.join("\n", LINES) + "\n").getBytes(UTF_8)).accepted();

  private static Pipeline pipeline(String format) {
    String declared = format.startsWith("debezium") ? "debezium" : format.replace("-values", "");
    return Outcome.pipeline(CONTRACT, "format: " + declared, "id");
  }

  private static Outcome read(String format, byte[] object) {
    return Outcome.of(Objects.requireNonNull(PIPELINES.get(format)), "day", object);
  }

  private static byte[] object(String format) {
    List<String> columns = List.of("id", "n", "at");
    return switch (format) {
      case "ndjson", "json-values" -> (String.join("\n", LINES) + "\n").getBytes(UTF_8);
      case "json" -> SampleObjects.jsonArray(LINES).strip().getBytes(UTF_8);
      case "csv" -> SampleObjects.csv(LINES, columns, ",").getBytes(UTF_8);
      case "tsv" -> SampleObjects.csv(LINES, columns, "\t").getBytes(UTF_8);
      case "avro" -> SampleObjects.avro(RECORDS, SCHEMA, "null");
      case "debezium-json" -> SampleObjects.envelopes(LINES).getBytes(UTF_8);
      case "debezium-avro" -> SampleObjects.avro(events(), events().getFirst().getSchema(), "null");
      case "parquet" -> SampleObjects.parquet(RECORDS, SCHEMA);
      default -> throw new IllegalArgumentException("Invalid format: " + format);
    };
  }

  private static List<GenericRecord> events() {
    Schema envelope =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Envelope","fields":[{"name":"after","type":%s},
                 {"name":"op","type":"string"},{"name":"ts_ms","type":"long"}]}
                """
                    .formatted(CONTRACT));
    List<GenericRecord> events = new ArrayList<>();
    for (GenericRecord after : RECORDS) {
      GenericRecord event = new GenericData.Record(envelope);
      event.put("after", after);
      event.put("op", "c");
      event.put("ts_ms", 9L);
      events.add(event);
    }
    return events;
  }

  private static byte[] compressed(byte[] object, String codec) throws IOException {
    if (codec.equals("zstd")) {
      return Zstd.compress(object);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (codec) {
          case "gzip" -> new GZIPOutputStream(bytes);
          case "bzip2" -> new BZip2CompressorOutputStream(bytes, 1);
          default -> new SnappyFramedOutputStream(bytes);
        }) {
      out.write(object);
    }
    return bytes.toByteArray();
  }

  private static List<String> texts(List<GenericRecord> records) {
    return records.stream().map(GenericRecord::toString).toList();
  }

  /** Where the records end of an object that has one after the other. */
  private static List<Integer> ends(byte[] object, String separator) {
    String text = new String(object, ISO_8859_1);
    List<Integer> ends = new ArrayList<>();
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, end + 1)) {
      ends.add(end);
    }
    return ends;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "json-values", "debezium-json"})
  void keepsWhatIsWholeAndQuarantinesTheRest(String format) {
    // Given
    byte[] object = object(format);
    List<String> wanted = texts(read(format, object).accepted());
    List<Integer> ends = ends(object, "\n");
    assertThat(wanted).hasSize(LINES.size()).hasSameSizeAs(ends);

    for (int length = 0; length < object.length; length++) {
      // When
      Outcome outcome = read(format, Arrays.copyOf(object, length));

      // Then
      int cut = length;
      int whole = (int) ends.stream().filter(end -> end <= cut).count();
      int start = whole == 0 ? 0 : ends.get(whole - 1) + 1;
      assertThat(outcome.unreadable()).as("cut at %d", length).isEmpty();
      assertThat(texts(outcome.accepted()))
          .as("cut at %d", length)
          .isEqualTo(wanted.subList(0, whole));
      assertThat(outcome.refusals()).as("cut at %d", length).hasSize(length > start ? 1 : 0);
    }
  }

  /** A row that has all its cells is whole: that its last one is cut short, nobody can tell. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv"})
  void keepsRowsThatAreWholeAndAtMostOneThatLooksIt(String format) {
    // Given
    byte[] object = object(format);
    List<String> wanted = texts(read(format, object).accepted());
    List<Integer> ends = ends(object, "\r\n");
    int header = ends.removeFirst();
    assertThat(wanted).hasSize(LINES.size()).hasSameSizeAs(ends);

    for (int length = 0; length < object.length; length++) {
      // When
      Outcome outcome = read(format, Arrays.copyOf(object, length));

      // Then
      int cut = length;
      int whole = (int) ends.stream().filter(end -> end <= cut).count();
      assertThat(outcome.unreadable().isEmpty())
          .as("cut at %d", length)
          .isEqualTo(length == 0 || length >= header);
      List<String> accepted = texts(outcome.accepted());
      assertThat(accepted).as("cut at %d", length).hasSizeBetween(whole, whole + 1);
      assertThat(accepted.subList(0, whole)).isEqualTo(wanted.subList(0, whole));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "parquet"})
  void rejectsWhatEndsBeforeItSays(String format) {
    // Given
    byte[] object = object(format);
    assertThat(read(format, object).accepted()).hasSize(LINES.size());

    for (int length = 1; length < object.length; length++) {
      // When
      Outcome outcome = read(format, Arrays.copyOf(object, length));

      // Then
      assertThat(outcome.unreadable()).as("cut at %d", length).isNotEmpty();
    }
  }

  /** Behind its header and between two blocks an Avro file is a shorter one. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void rejectsAvroThatIsCutOffElsewhereThanBetweenBlocks(String codec) {
    // Given
    byte[] avro = SampleObjects.avro(RECORDS, SCHEMA, codec, 32);
    byte[] events = SampleObjects.avro(events(), events().getFirst().getSchema(), codec, 32);
    for (String format : List.of("avro", "debezium-avro")) {
      byte[] object = format.equals("avro") ? avro : events;
      List<String> wanted = texts(read(format, object).accepted());
      assertThat(wanted).hasSize(LINES.size());
      List<Integer> readable = new ArrayList<>();

      for (int length = 0; length < object.length; length++) {
        // When
        Outcome outcome = read(format, Arrays.copyOf(object, length));

        // Then
        if (length < AVRO_MAGIC_BYTES) {
          assertThat(outcome.accepted()).isEmpty();
        } else if (outcome.unreadable().isEmpty()) {
          assertThat(outcome.refusals()).isEmpty();
          assertThat(texts(outcome.accepted()))
              .isEqualTo(wanted.subList(0, outcome.accepted().size()));
          readable.add(length);
        }
      }
      assertThat(readable).hasSize(2);
      for (int length : readable) {
        assertThat(Arrays.copyOfRange(object, length - 16, length)).containsOnly(0);
      }
    }
  }

  /** Fewer bytes than tell a codec are plain ones; between two chunks, snappy is a shorter one. */
  @ParameterizedTest
  @CsvSource({"gzip,2", "zstd,4", "bzip2,10", "snappy,10"})
  void rejectsWhatIsCutOffInItsCodecWhateverItsFormat(String codec, int magic) throws IOException {
    for (String format : FORMATS) {
      // Given
      byte[] object = compressed(object(format), codec);
      assertThat(read(format, object).accepted()).as(format).hasSize(LINES.size());

      for (int length = 1; length < object.length; length++) {
        // When
        Outcome outcome = read(format, Arrays.copyOf(object, length));

        // Then
        if (length < magic || (codec.equals("snappy") && length == SNAPPY_HEADER_BYTES)) {
          assertThat(outcome.accepted()).as("%s cut at %d", format, length).isEmpty();
        } else {
          assertThat(outcome.unreadable()).as("%s cut at %d", format, length).isNotEmpty();
        }
      }
    }
  }
}
