package io.sluice.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.ErrorClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvObjectsTest {
  private static final String CONTRACT =
      """
      {"type":"record","name":"R","fields":[
       {"name":"id","type":"string"},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
       {"name":"n","type":["null","int"],"default":null},
       {"name":"d","type":["null","double"],"default":null},
       {"name":"b","type":["null","boolean"],"default":null},
       {"name":"m","type":["null",
         {"type":"bytes","logicalType":"decimal","precision":5,"scale":2}],"default":null},
       {"name":"e","type":["null",{"type":"enum","name":"E","symbols":["A","B"]}],"default":null},
       {"name":"p","type":["null",{"type":"record","name":"P","fields":[
         {"name":"x","type":"int"},{"name":"y","type":["null","string"],"default":null}]}],
         "default":null},
       {"name":"l","type":{"type":"array","items":"int"},"default":[]}]}
      """;
  private static final String ROW = "a,1970-01-01T00:00:00.001Z";

  private static Outcome read(String text) {
    return read("format: csv", text);
  }

  private static Outcome read(String ingestion, String text) {
    Pipeline pipeline = Outcome.pipeline(CONTRACT, ingestion, "id");
    return Outcome.of(pipeline, "day", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "n|-5|-5",
        "n||null",
        "d|1e3|1000.0",
        "d|-0.0|-0.0",
        "b|TRUE|true",
        "b|false|false",
        "e|B|B",
        "l|[1,2]|[1, 2]",
        "l||[]",
        "p.x|7|{\"x\": 7, \"y\": null}",
        "p.x||null",
        "p|{\"x\":1}|{\"x\": 1, \"y\": null}",
      })
  void makesCellsValuesAsTheirFieldsWant(String column, String cell, String value) {
    // When
    String quoted = cell == null ? "" : '"' + cell.replace("\"", "\"\"") + '"';
    Outcome outcome = read("id,at," + column + "\n" + ROW + "," + quoted + "\n");

    // Then
    assertThat(outcome.refusals()).isEmpty();
    String field = column.substring(0, 1);
    assertThat(String.valueOf(outcome.accepted().getFirst().get(field))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "n|5.0|type",
        "n|+5|type",
        "n|05|type",
        "n|2147483648|range",
        "n|\"\"|type",
        "d|1e400|range",
        "d|NaN|type",
        "b|yes|type",
        "m|1.234|decimal",
        "m|99999|decimal",
        "e|C|enum",
        "p.x|x|type",
        "l|\"[1],\"\"x\"\":[2]\"|type",
        "l|\"[\"|type",
        "n|1,2|cells",
        "n|\"1\"2|quote",
        "n|\"1|quote",
      })
  void rejectsRowsThatDoNotFit(String column, String cell, String code) {
    // When
    Outcome outcome = read("id,at," + column + "\n" + ROW + "," + cell + "\n" + ROW + ",\n");

    // Then
    assertThat(outcome.accepted()).hasSize(1);
    assertThat(outcome.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.codes()).containsExactly(code);
              assertThat(refusal.ordinal()).isZero();
              assertThat(refusal.line()).isEqualTo(2);
              assertThat(refusal.byteOffset()).isEqualTo(column.length() + 7L);
              assertThat(refusal.bytes()).isEqualTo(ROW + "," + cell);
            });
  }

  @Test
  void readsQuotedLinesCarriageReturnsAndAByteOrderMark() {
    // When
    Outcome outcome = read("\uFEFFid,at\r\n\r\n\"a\r\n\"\"b\"\"\",\"1\"\r\n\"c,d\",2\r\ne\"f,3");

    // Then
    assertThat(outcome.refusals()).isEmpty();
    assertThat(outcome.accepted())
        .extracting(row -> row.get("id").toString())
        .containsExactly("a\r\n\"b\"", "c,d", "e\"f");
  }

  @Test
  void losesOnlyTheLineWithABrokenQuote() {
    // When
    Outcome outcome = read("id,at\na,1\n\"b,2\nc,3\nd,4\n");

    // Then
    assertThat(outcome.accepted()).hasSize(3);
    assertThat(outcome.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.bytes()).isEqualTo("\"b,2");
              assertThat(refusal.line()).isEqualTo(3);
              assertThat(refusal.reason().errorClass()).isEqualTo(ErrorClass.PARSE);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {"id;at;d!a;1;5!format: csv", "id|at|d!a|1|5!format: csv"})
  void findsOutTheDelimiter(String header, String row, String format) {
    assertThat(read(format, header + "\n" + row + "\n").accepted()).hasSize(1);
  }

  @Test
  void readsTabsAndOtherDialects() {
    assertThat(read("format: tsv", "id\tat\na,b\t1\n").accepted().getFirst().get("id"))
        .hasToString("a,b");
    Outcome outcome =
        read(
            "format: csv, csv: {delimiter: ';', quote: \"'\", escape: \"\\\\\", header: false,"
                + " columns: [id, at, n], 'null': NA}",
            "'a;\\'b';1;NA\n;2;3\n");
    assertThat(outcome.accepted()).hasSize(2);
    assertThat(outcome.accepted().getFirst().get("id")).hasToString("a;'b");
    assertThat(outcome.accepted().getLast().get("id")).hasToString("");
  }

  @Test
  void mapsNamesOfColumnsAndCountsUnknownOnes() {
    // Given
    String mapping = "format: csv, csv: {mapping: {'Event ID': id, when: at}}";

    // Then
    assertThat(read(mapping, "Event ID,when,other\na,1,x\n").accepted()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Event ID,at|its column \"Event ID\" is not the name of a field",
        "id|its header lacks the required columns at",
        "other|its header lacks the required columns at, id",
        "id,at,p.y|its header lacks the required columns p.x",
        "id,at,id|two of its columns are the field id",
        "id,at,p.x,p|two of its columns are the field p",
        "id,at,p,p.x|two of its columns are the field p.x",
        "\"id,at|its header is no row",
      })
  void refusesAnObjectWhoseHeaderDoesNotFit(String header, String reason) {
    assertThat(read(header + "\na,1\n").unreadable()).contains(reason);
  }

  @Test
  void holdsRowsToTheirLength() {
    // When
    Outcome outcome =
        read(
            "format: csv, limits: {record_bytes: 100}",
            "id,at\n" + "x".repeat(500_000) + ",1\na,1\n\"" + "y".repeat(300) + "\",2\nb,2\n");

    // Then
    assertThat(outcome.accepted()).hasSize(2);
    assertThat(outcome.refusals())
        .extracting(refusal -> refusal.codes().getFirst())
        .containsExactly("too_long", "too_long");
    assertThat(outcome.refusals().getFirst().bytes()).hasSize(100);
    assertThat(outcome.refusals().getLast().line()).isEqualTo(4);
  }

  @Test
  void findsNoRecordsInNothing() {
    assertThat(read("").read()).isZero();
    assertThat(read("id,at\n").read()).isZero();
    assertThat(read("").unreadable()).isEmpty();
  }
}
