package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.formats.Demo;
import io.sluice.formats.change.ChangeColumns;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealObjectsTest {
  private static final Schema SCHEMA = Demo.contract().schema();
  private static final byte[] NDJSON = Demo.files().getFirst();

  private static Pipeline pipeline(String format) {
    String yaml =
        """
        pipeline: {name: p}
        ingestion: {contract: c.avsc, format: %s}
        transformation: {idempotency_key: [id, properties.net], event_time: properties.time}
        """
            .formatted(format);
    return PipelineReader.read(
        format.isEmpty() ? yaml.replace("format: ", "source: s3") : yaml,
        "pipeline.yaml",
        name -> Optional.of(SCHEMA.toString()));
  }

  private static Outcome read(String key, byte[] object) {
    return Outcome.of(pipeline(""), key, object);
  }

  private static final List<GenericRecord> EXPECTED = read("day.ndjson", NDJSON).accepted();

  private static void hasAllRecords(Outcome outcome) {
    assertThat(outcome.unreadable()).isEmpty();
    assertThat(outcome.refusals()).isEmpty();
    assertThat(outcome.accepted()).hasSameSizeAs(EXPECTED).hasSizeGreaterThan(100);
    for (int i = 0; i < EXPECTED.size(); i++) {
      GenericRecord found = outcome.accepted().get(i);
      for (Schema.Field field : SCHEMA.getFields()) {
        Object expected = EXPECTED.get(i).get(field.pos());
        assertThat(GenericData.get().compare(expected, found.get(field.pos()), field.schema()))
            .as("record %d, %s: %s", i, field.name(), found)
            .isZero();
      }
    }
  }

  @Test
  void readsThemAsAJsonArray() {
    String array = SampleObjects.jsonArray(SampleObjects.lines(NDJSON));
    hasAllRecords(read("day.json", array.getBytes(UTF_8)));
    hasAllRecords(read("day", array.getBytes(UTF_8)));
  }

  @Test
  void readsThemAsRowsOfCells() {
    List<String> columns = SampleObjects.columns(SCHEMA, "");
    List<String> lines = SampleObjects.lines(NDJSON);
    hasAllRecords(read("d.csv", SampleObjects.csv(lines, columns, ",").getBytes(UTF_8)));
    hasAllRecords(read("d.csv", SampleObjects.csv(lines, columns, ";").getBytes(UTF_8)));
    hasAllRecords(read("d.tsv", SampleObjects.csv(lines, columns, "\t").getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void readsThemAsAvroInEveryCodec(String codec) {
    hasAllRecords(read("day", SampleObjects.avro(EXPECTED, SCHEMA, codec)));
  }

  @Test
  void readsThemAsParquet() {
    hasAllRecords(read("day", SampleObjects.parquet(EXPECTED, SCHEMA)));
  }

  @Test
  void readsThemAsChangeEvents() {
    // When
    String events = SampleObjects.envelopes(SampleObjects.lines(NDJSON));
    Outcome outcome = Outcome.of(pipeline("debezium"), "day", events);

    // Then
    hasAllRecords(outcome);
    assertThat(outcome.accepted().get(7).get(ChangeColumns.POSITION))
        .isEqualTo("postgresql:0000000000000000007");
  }
}
