package io.sluice.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectsTest {
  private static final String CONTRACT =
      """
      {"type":"record","name":"R","fields":[{"name":"id","type":"string"},
       {"name":"at","type":["null","int"],"default":null}]}
      """;

  private static Pipeline pipeline(String ingestion) {
    return Outcome.pipeline(
        CONTRACT.replace("\"int\"", "{\"type\":\"int\",\"logicalType\":\"date\"}"),
        ingestion,
        "id");
  }

  private static Outcome read(String text) {
    return Outcome.of(pipeline("format: json"), "day", text);
  }

  private static List<String> ids(Outcome outcome) {
    return outcome.accepted().stream().map(record -> record.get("id").toString()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id':'a'},{'id':'b'}]",
        "\uFEFF \n[\n {\n 'id': 'a' } \n,\r\n {'id':'b'}\n]\n",
        "{'id':'a'}{'id':'b'}",
        "{\n  'id': 'a'\n}\n{\n  'id': 'b'\n}\n",
        "{'id':'a'}\n{'id':'b'}\n",
        "[{'id':'a'}]\n[{'id':'b'}]",
        "[{'id':'a','x':['}',']','\\'{']},{'id':'b'}]",
      })
  void readsArraysAndValuesOneAfterTheOther(String text) {
    Outcome outcome = read(text.replace('\'', '"'));
    assertThat(ids(outcome)).containsExactly("a", "b");
    assertThat(outcome.refusals()).isEmpty();
    assertThat(outcome.unreadable()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'id':'a'},{'id':1},{'id':'b'}]|{'id':1}",
        "[{'id':'a'},{'id':},{'id':'b'}]|{'id':}",
        "[{'id':'a'},{'id':'x],{'id':'b'}]|{'id':'x],{'id':'b'}",
        "[{'id':'a'},7,{'id':'b'}]|7",
        "[{'id':'a'},'x',{'id':'b'}]|'x'",
        "[{'id':'a'},nonsense,{'id':'b'}]|nonsense",
        "[{'id':'a'},[1],{'id':'b'}]|[1]",
      })
  void losesABrokenElementAlone(String text, String broken) {
    // When
    Outcome outcome = read(text.replace('\'', '"').replace("x],", "x\n],"));

    // Then
    assertThat(ids(outcome)).startsWith("a");
    assertThat(outcome.refusals()).isNotEmpty();
    if (!broken.contains("x]")) {
      assertThat(ids(outcome)).containsExactly("a", "b");
      assertThat(outcome.refusals().getFirst().bytes()).isEqualTo(broken.trim().replace('\'', '"'));
      assertThat(outcome.refusals().getFirst().byteOffset())
          .isEqualTo(text.indexOf(broken) + broken.indexOf(broken.trim()));
    }
  }

  @Test
  void goesOnAtTheNextLineBehindAValueThatNeverEnds() {
    // When
    Outcome outcome = read("{\"id\":\"a\"}\n{\"id\":\"x\"\n{\"id\":\"b\"}\n{\"id\":\"c\"}");

    // Then
    assertThat(ids(outcome)).containsExactly("a", "b", "c");
    assertThat(outcome.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.bytes()).isEqualTo("{\"id\":\"x\"");
              assertThat(refusal.line()).isEqualTo(2);
              assertThat(refusal.ordinal()).isEqualTo(1);
            });
  }

  @Test
  void takesAnArrayThatIsCutOffForUnreadableWhereverItIsCut() {
    String whole = "[{\"id\":\"a\"},{\"id\":\"b\"}]";
    for (int length = 1; length < whole.length(); length++) {
      assertThat(read(whole.substring(0, length)).unreadable())
          .as("cut at %d", length)
          .contains("its JSON array is not closed");
    }
  }

  @Test
  void holdsElementsToTheirLength() {
    // When
    String longOne = "{\"id\":\"" + "x".repeat(400_000) + "\"}";
    Outcome outcome =
        Outcome.of(
            pipeline("format: json, limits: {record_bytes: 1000}"),
            "day",
            "[{\"id\":\"a\"}," + longOne + ",{\"id\":\"b\"}]");

    // Then
    assertThat(ids(outcome)).containsExactly("a", "b");
    assertThat(outcome.refusals().getFirst().codes()).containsExactly("too_long");
    assertThat(outcome.refusals().getFirst().bytes()).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string_bytes: 20|{'id':'a','x':'123456789012345678901'}|string_bytes",
        "fields: 3|{'id':'a','x':{'b':1,'c':2,'d':3,'e':4}}|fields",
        "depth: 3|{'id':'a','x':[[[[1]]]]}|depth",
        "errors: 1|{'id':1,'at':'x'}|more",
      })
  void holdsRecordsToTheDeclaredLimits(String limit, String record, String code) {
    for (String format : List.of("json", "ndjson")) {
      Outcome outcome =
          Outcome.of(
              pipeline("format: " + format + ", limits: {" + limit + "}"),
              "day",
              record.replace('\'', '"') + "\n{\"id\":\"b\"}\n");
      assertThat(ids(outcome)).as(format).containsExactly("b");
      assertThat(outcome.refusals().getFirst().codes()).as(format).containsExactly(code);
    }
  }

  @Test
  void refusesAnObjectWithMoreRecordsThanDeclared() {
    for (String format : List.of("json", "ndjson")) {
      Outcome outcome =
          Outcome.of(
              pipeline("format: " + format + ", limits: {rows: 2}"),
              "day",
              "{\"id\":\"a\"}\n".repeat(3));
      assertThat(outcome.unreadable()).contains("it has more than 2 records");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "day.json|[{'id':'a'}]|1",
        "day.json|{'id':'a'}\\n{'id':'b'\\n{'id':'c'}\\n|2",
        "day.json.gz|{\\n'id':'a'\\n}|1",
        "day|[{'id':'a'}]|1",
        "day|{'id':'a'}\\n{'id':'b'}|2",
        "a.b/day.ndjson|{'id':'a'}|1",
        "day.csv|id\\na\\nb\\n|2",
        "DAY.CSV.GZ|id\\na\\nb\\n|2",
        "day.tsv.zst|id\tat\\na\t1\\n|1",
        "day|id\\na\\n|0",
      })
  void detectsTheFormat(String key, String text, int accepted) {
    Outcome outcome =
        Outcome.of(pipeline("source: s3"), key, text.replace('\'', '"').replace("\\n", "\n"));
    assertThat(outcome.accepted()).hasSize(accepted);
  }
}
