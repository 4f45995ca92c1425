package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.formats.change.ChangeColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeObjectsTest {
  private static final String ROW =
      """
      {"type":"record","name":"Value","fields":[{"name":"id","type":"long"},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
       {"name":"name","type":["null","string"],"default":null}]}
      """;
  private static final String SOURCE =
      "'source':{'connector':'mysql','file':'bin.000003','pos':154,'row':0,'db':'d'},'ts_ms':1";
  private static final String POSITION =
      "mysql:0000000000000000003:0000000000000000154:0000000000000000000";

  private static Outcome read(String events) {
    Pipeline pipeline = Outcome.pipeline(ROW, "format: debezium", "id");
    return Outcome.of(pipeline, "day", events.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void takesTheRowThatTheOperationIsAbout() {
    // When
    Outcome outcome =
        read(
            """
            {'op':'c','before':null,'after':{'id':1,'at':2,'name':'a'},SOURCE}
            {SOURCE,'after':{'id':1,'at':3},'before':{'id':1},'op':'u','transaction':null}
            {'schema':{'x':['{']},'payload':{'op':'r','after':{'id':2,'at':4},SOURCE}}
            {'op':'d','before':{'id':1,'at':null},'after':null,SOURCE}
            {'op':'d','before':{'id':2},SOURCE}
            {'op':'t','before':null,'after':null,SOURCE}
            """
                .replace("SOURCE", SOURCE));

    // Then
    assertThat(outcome.refusals()).isEmpty();
    assertThat(outcome.accepted())
        .extracting(Object::toString)
        .containsExactly(
            row("1", "2", "\"a\"", "c"),
            row("1", "3", "null", "u"),
            row("2", "4", "null", "r"),
            row("1", "null", "null", "d"),
            row("2", "null", "null", "d"),
            row("null", "null", "null", "t"));
  }

  @Test
  void rejectsAFewBytesThatStandForManyValues() {
    // Given
    String fields =
        IntStream.range(0, 100)
            .mapToObj(i -> "{'name':'f" + i + "','type':['null','int']}")
            .collect(joining(","));
    String wide =
        """
        {'type':'record','name':'Value','fields':[{'name':'id','type':'long'},
         {'name':'at','type':{'type':'long','logicalType':'timestamp-micros'}},
         {'name':'a','type':{'type':'array','items':
          ['null',{'type':'record','name':'Wide','fields':[FIELDS]}]}}]}
        """
            .replace("FIELDS", fields)
            .replace('\'', '"');
    String nulls = "null,".repeat(100_000) + "null";
    String events =
        """
        {'op':'c','after':{'id':1,'at':2,'a':[NULLS]},SOURCE}
        {'op':'c','after':{'id':2,'at':2,'a':[null]},SOURCE}
        """
            .replace("NULLS", nulls)
            .replace("SOURCE", SOURCE)
            .replace('\'', '"');

    // When
    Outcome outcome = Outcome.of(Outcome.pipeline(wide, "format: debezium", "id"), "day", events);

    // Then
    assertThat(outcome.refusals()).hasSize(1);
    assertThat(outcome.refusals().getFirst().reason().errors().getFirst().code())
        .isEqualTo("too_many");
    assertThat(outcome.accepted()).hasSize(1);
  }

  private static String row(String id, String at, String name, String operation) {
    return "{\"id\": %s, \"at\": %s, \"name\": %s, \"_op\": \"%s\", \"_position\": \"%s\"}"
        .formatted(id, at, name, operation, POSITION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'after':{'id':1,'at':2},SOURCE}|missing|op",
        "{'op':'m','after':{'id':1,'at':2},SOURCE}|enum|op",
        "{'op':'c','after':{'id':1,'at':2}}|missing|source",
        "{'op':'c','after':null,SOURCE}|missing|after",
        "{'op':'c','after':{'id':1},SOURCE}|missing|at",
        "{'op':'c','after':[1],SOURCE}|type|",
        "{'op':'c','after':'x',SOURCE}|type|",
        "{'op':'u','after':{'id':'1','at':1},SOURCE}|type|id",
        "{'op':'d','before':null,SOURCE}|missing|before",
        "{'op':'d','before':{'at':1},SOURCE}|missing|id",
        "{'op':'d','before':{'id':null},SOURCE}|null|id",
        "{'op':'c','op':'d','after':{'id':1,'at':2},SOURCE}|json|",
        "{'op':'c','after':{'id':1,'at':2},SOURCE} x|json|",
        "null|json|",
        "[1]|json|",
      })
  void rejectsEventsThatSayTooLittle(String event, String code, String path) {
    // When
    Outcome outcome = read(event.replace("SOURCE", SOURCE) + "\n");

    // Then
    assertThat(outcome.read()).isEqualTo(1);
    assertThat(outcome.refusals().getFirst().codes()).containsExactly(code);
    assertThat(outcome.refusals().getFirst().reason().errors().getFirst().path())
        .isEqualTo(path == null ? "" : path);
  }

  @Test
  void readsEnvelopesInAvro() {
    // Given
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Envelope","namespace":"db.t","fields":[
                 {"name":"before","type":["null",%s],"default":null},
                 {"name":"after","type":["null","Value"],"default":null},
                 {"name":"source","type":{"type":"record","name":"Source","fields":[
                   {"name":"connector","type":"string"},{"name":"lsn","type":["null","long"]}]}},
                 {"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"]}]}
                """
                    .formatted(ROW.replace("timestamp-micros", "timestamp-millis")));
    List<GenericRecord> events =
        List.of(
            event(schema, "null", "{'db.t.Value':{'id':1,'at':2,'name':null}}", "c"),
            event(schema, "{'db.t.Value':{'id':1,'at':2,'name':null}}", "null", "d"));

    // When
    Outcome outcome =
        Outcome.of(
            Outcome.pipeline(ROW, "format: debezium", "id"),
            "day",
            SampleObjects.avro(events, schema, "zstandard"));

    // Then
    assertThat(outcome.refusals()).isEmpty();
    assertThat(outcome.accepted()).extracting(row -> row.get("at")).containsExactly(2000L, 2000L);
    assertThat(outcome.accepted())
        .extracting(row -> row.get(ChangeColumns.OPERATION))
        .containsExactly("c", "d");
    assertThat(outcome.accepted().getFirst().get(ChangeColumns.POSITION))
        .isEqualTo("postgresql:0000000000000000017");
  }

  private static GenericRecord event(Schema schema, String before, String after, String operation) {
    String json =
        ("{'before':%s,'after':%s,'source':{'connector':'postgresql','lsn':{'long':17}},"
                + "'op':'%s','ts_ms':null}")
            .formatted(before, after, operation)
            .replace('\'', '"');
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
