package io.sluice.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnMeasure.Statistic;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NullRateTest {
  private static final String PIPELINE =
      """
      pipeline: { name: visits, version: "1", owner: test }
      ingestion: { source: s3, format: ndjson, contract: contract.avsc }
      transformation: { idempotency_key: [id], event_time: at, partitions: [partition_date] }
      storage: { format: iceberg }
      """;

  private static final String CONTRACT =
      """
      {"type": "record", "name": "Visit", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        %s
        {"name": "page", "type": ["null", {"type": "record", "name": "Page", "fields": [
          {"name": "title", "type": ["null", "string"]},
          {"name": "size", "type": "int"}]}], "default": null}]}
      """;

  private final TestLake lake = new TestLake();

  @Test
  void countsANullRecordAsANullOfEachOfItsFields() {
    // Given
    Pipeline pipeline = lake.declare("visits", PIPELINE, CONTRACT.formatted(""));

    // When
    IcebergTable table = lake.table(pipeline);
    SnapshotId snapshot =
        CommitTest.commit(
            table,
            lake.land(
                pipeline,
                "1",
                visit("a", 0, "{\"title\":\"x\",\"size\":1}"),
                visit("b", 0, "{\"title\":null,\"size\":1}"),
                visit("c", 1, "{\"title\":null,\"size\":1}"),
                visit("d", 1, "null")));

    // Then
    assertThat(nullRate(table, snapshot, "page.title")).isEqualTo("0.75: 3 of 4 added rows");
    assertThat(nullRate(table, snapshot, "page.size")).isEqualTo("0.25: 1 of 4 added rows");
    assertThat(nullRate(table, snapshot, "id")).isEqualTo("0.0: 0 of 4 added rows");
  }

  @Test
  void looksOnlyAtWhatTheSnapshotAdds() {
    // Given
    Pipeline pipeline = lake.declare("visits", PIPELINE, CONTRACT.formatted(""));
    IcebergTable table = lake.table(pipeline);
    CommitTest.commit(table, lake.land(pipeline, "1", visit("a", 0, "null")));

    // When
    SnapshotId duplicate =
        CommitTest.commit(
            table, lake.land(pipeline, "2", visit("a", 0, "null"), visit("a", 0, "null")));

    // Then
    assertThat(nullRate(table, duplicate, "page.size")).isEqualTo("0.0: 0 of 0 added rows");
  }

  @Test
  void measuresTheLastFieldOfAWideContract() {
    // Given
    String wide =
        IntStream.range(0, 300)
            .mapToObj(i -> "{\"name\": \"f" + i + "\", \"type\": [\"null\", \"int\"]},")
            .collect(Collectors.joining());
    Pipeline pipeline = lake.declare("visits", PIPELINE, CONTRACT.formatted(wide));

    // When
    IcebergTable table = lake.table(pipeline);
    SnapshotId snapshot = CommitTest.commit(table, lake.land(pipeline, "1", visit("a", 0, "null")));

    // Then
    assertThat(nullRate(table, snapshot, "page.title")).isEqualTo("1.0: 1 of 1 added rows");
  }

  private static String nullRate(IcebergTable table, SnapshotId snapshot, String field) {
    Statistic nulls = new Statistic(Kind.NULL_RATE, FieldPath.parse(field));
    Measurement.Known known =
        (Measurement.Known)
            table
                .measures()
                .measure(snapshot, List.of(new ColumnQuestion(nulls, new RowFilter.All())))
                .getFirst();
    return known.value() + ": " + known.basis();
  }

  private static String visit(String id, int day, String page) {
    return "{\"id\":\"%s\",\"at\":%d,\"page\":%s}"
        .formatted(id, 1767225600000L + day * 86_400_000L, page);
  }
}
