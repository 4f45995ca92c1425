package io.sluice.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.read.TableHistory.Entry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CapturedFieldsTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Sale", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
      """;

  private final TestLake lake = new TestLake();

  private Pipeline declare(String policy) {
    return lake.declare(
        "sales",
        """
        pipeline: { name: sales }
        ingestion: { contract: contract.avsc, unknown_fields: POLICY }
        transformation: { idempotency_key: [id], event_time: at }
        """
            .replace("POLICY", policy),
        CONTRACT);
  }

  private static String sale(String id, String more) {
    return "{\"id\":\"" + id + "\",\"at\":0" + more + "}";
  }

  private MergeCounts curate(Pipeline pipeline, String name, String... lines) {
    LandedBatch batch = lake.land(pipeline, name, lines);
    IcebergTable table = lake.table(pipeline);
    StagedMerge merge = table.stage(table.head(), List.of(batch));
    table.commit(merge);
    return Objects.requireNonNull(merge.accounts().get(batch.id())).merged();
  }

  @Test
  void tablesGainTheColumnAndKeepWhatIsInThem() {
    // Given
    curate(declare("ignore"), "1", sale("a", ",\"x\":1"));

    // When
    Pipeline capturing = declare("capture");
    curate(capturing, "2", sale("b", ",\"x\":[1.10]"), sale("c", ""));

    // Then
    assertThat(lake.rows(capturing, "audit"))
        .containsExactlyInAnyOrder(
            "{\"id\":\"a\",\"at\":0,\"_extras\":null}",
            "{\"id\":\"b\",\"at\":0,\"_extras\":\"{\\\"x\\\":[1.10]}\"}",
            "{\"id\":\"c\",\"at\":0,\"_extras\":null}");
    assertThat(lake.audit(capturing).findings()).isEmpty();
  }

  @Test
  void tablesThatStopCapturingKeepWhatTheyCaptured() {
    // Given
    Pipeline capturing = declare("capture");
    curate(capturing, "1", sale("a", ",\"x\":1"));

    // When
    Pipeline ignoring = declare("ignore");
    curate(ignoring, "2", sale("b", ",\"x\":1"));

    // Then
    assertThat(lake.foreign(ignoring).schema().findField(Contract.EXTRAS)).isNotNull();
    assertThat(lake.rows(ignoring, "audit")).hasSize(2).allMatch(row -> !row.contains("_extras"));
    assertThat(lake.rows(capturing, "audit")).filteredOn(row -> row.contains("{\\\"x")).hasSize(1);
    assertThat(lake.audit(ignoring).findings()).isEmpty();
  }

  @Test
  void curatesWhatWasCapturedBeforeTheTableCouldHoldIt() {
    // Given
    LandedBatch captured = lake.land(declare("capture"), "1", sale("a", ",\"x\":1"));

    // When
    Pipeline ignoring = declare("ignore");
    CommitTest.commit(lake.table(ignoring), captured);

    // Then
    assertThat(lake.rows(ignoring, "audit")).containsExactly("{\"id\":\"a\",\"at\":0}");
    assertThat(lake.audit(ignoring).findings()).isEmpty();
  }

  @Test
  void whatIsCapturedIsContent() {
    // Given
    curate(declare("ignore"), "1", sale("a", ""));
    Pipeline capturing = declare("capture");

    // When
    MergeCounts counts =
        curate(
            capturing,
            "2",
            sale("a", ""),
            sale("a", ",\"x\":1"),
            sale("b", ",\"x\":{\"p\":1,\"q\":2}"),
            sale("b", ",\"x\":{\"q\":2, \"p\":1}"),
            sale("b", ",\"x\":{\"p\":1}"));

    // Then
    assertThat(counts).isEqualTo(new MergeCounts(1, 0, 0, 2, 0, 2));
  }

  @Test
  void summariesSayWhatWasUnknown() {
    // Given
    Pipeline pipeline = declare("ignore");
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      wide.append(",\"n" + i + "\":1");
    }

    // When
    curate(pipeline, "1", sale("a", ",\"x\":1"), sale("b", ",\"x\":1" + wide));
    curate(pipeline, "2", sale("c", ""));

    // Then
    assertThat(lake.reader(pipeline).history().entries().stream().map(Entry::unknown))
        .first()
        .satisfies(
            unknown ->
                assertThat(unknown)
                    .hasSize(21)
                    .containsEntry("x", 2L)
                    .containsEntry("n0", 1L)
                    .containsEntry(Manifest.MORE_UNKNOWN, 11L));
    assertThat(lake.reader(pipeline).history().entries().getLast().unknown()).isEqualTo(Map.of());
  }
}
