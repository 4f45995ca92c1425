package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that the contract does not know, in every format alike. */
class UnknownObjectsTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "R", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "in", "type": {"type": "record", "name": "In", "fields": [
          {"name": "x", "type": "string"}]}}]}
      """;
  private static final Schema WIDER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "R", "fields": [
                {"name": "id", "type": "string"},
                {"name": "at", "type": "long"},
                {"name": "in", "type": {"type": "record", "name": "In", "fields": [
                  {"name": "x", "type": "string"},
                  {"name": "y", "type": "string"}]}},
                {"name": "z", "type": ["null", "string"], "default": null}]}
              """);
  private static final List<String> LINES =
      List.of(
          "{\"id\":\"a\",\"at\":0,\"in\":{\"x\":\"1\",\"y\":\"2\"},\"z\":\"3\"}",
          "{\"id\":\"b\",\"at\":0,\"in\":{\"x\":\"1\",\"y\":\"4\"}}");

  private static byte[] object(String format) {
    List<GenericRecord> records = LINES.stream().map(UnknownObjectsTest::record).toList();
    return switch (format) {
      case "ndjson" -> String.join("\n", LINES).getBytes(UTF_8);
      case "json" -> SampleObjects.jsonArray(LINES).getBytes(UTF_8);
      case "csv" ->
          SampleObjects.csv(LINES, List.of("id", "at", "in.x", "in.y", "z"), ",").getBytes(UTF_8);
      case "avro" -> SampleObjects.avro(records.subList(0, 1), WIDER, "null");
      case "parquet" -> SampleObjects.parquet(records, WIDER);
      default -> SampleObjects.envelopes(LINES).getBytes(UTF_8);
    };
  }

  private static GenericRecord record(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return ((Decoded.Accepted)
            RecordDecoder.compile(new Contract(WIDER)).decode(bytes, 0, bytes.length))
        .record();
  }

  private static Pipeline pipeline(String format, String policy) {
    return Outcome.pipeline(CONTRACT, "format: " + format + ", unknown_fields: " + policy, "id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "json", "csv", "avro", "parquet", "debezium"})
  void areCapturedRejectedOrIgnoredInEveryFormat(String format) {
    // When
    byte[] object = object(format);
    Outcome captured = Outcome.of(pipeline(format, "capture"), "k", object);
    Outcome rejected = Outcome.of(pipeline(format, "reject"), "k", object);
    Outcome ignored = Outcome.of(pipeline(format, "ignore"), "k", object);

    // Then
    assertThat(captured.accepted())
        .extracting(each -> String.valueOf(each.get(Contract.EXTRAS)))
        .isEqualTo(
            List.of("{\"in\":{\"y\":\"2\"},\"z\":\"3\"}", "{\"in\":{\"y\":\"4\"}}")
                .subList(0, captured.read()));
    assertThat(rejected.accepted()).isEmpty();
    assertThat(rejected.refusals().getFirst().reason().errorClass()).isEqualTo(ErrorClass.CONTRACT);
    assertThat(rejected.refusals().getFirst().reason().errors())
        .extracting(RecordError::kind)
        .containsExactly("unknown in.y", "unknown z");
    assertThat(ignored.accepted()).hasSize(captured.read());
    assertThat(ignored.accepted().getFirst().getSchema().getField(Contract.EXTRAS)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reject", "capture", "ignore"})
  void ofADeletedRowAreCountedAndNoMore(String policy) throws IOException {
    // Given
    String event =
        "{\"before\":{\"id\":\"a\",\"z\":1},\"op\":\"d\",\"ts_ms\":9,\"source\":{\"lsn\":1}}";
    RecordReaders readers = Outcome.readers(pipeline("debezium", policy));

    // When
    RecordReader records = readers.open("k", new ByteArrayInputStream(event.getBytes(UTF_8)));
    records.next();

    // Then
    assertThat(records.decode()).isInstanceOf(Decoded.Accepted.class);
    assertThat(readers.unknownFields()).isEqualTo(Map.of("z", 1L));
  }
}
