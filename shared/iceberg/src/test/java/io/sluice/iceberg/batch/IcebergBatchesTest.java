package io.sluice.iceberg.batch;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.audit.Finding;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class IcebergBatchesTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergBatches batches = lake.batches(pipeline);

  @Test
  void saysOfABatchAllThatTheLakeDoes() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", 1), order("a", 1), "nonsense");
    lake.quarantine(pipeline).keep(List.of(batch));
    SnapshotId snapshot = commit(batch);
    judge(snapshot, 0);
    lake.table(pipeline).publish(snapshot);

    // When
    batches.index(snapshot);

    // Then
    Map<String, Object> row = rows().getFirst();
    assertThat(row)
        .containsEntry("batch", batch.id().value())
        .containsEntry("status", "published")
        .containsEntry("source", batch.manifest().source().name().toString())
        .containsEntry("landed_at", batch.manifest().landedAt())
        .containsEntry("judged_at", lake.now())
        .containsEntry("contract", pipeline.contract().fingerprint())
        .containsEntry("code", TestLake.CODE)
        .containsEntry("bytes_in", batch.manifest().sourceBytes())
        .containsEntry("bytes_raw", batch.manifest().raw().getFirst().sizeBytes())
        .containsEntry("read", 3L)
        .containsEntry("rejected", 1L)
        .containsEntry("inserted", 1L)
        .containsEntry("duplicate", 1L)
        .containsEntry("snapshot", snapshot.value())
        .containsEntry("score", 100.0)
        .containsKeys("curated_at", "published_at");
    assertThat((List<?>) row.get("gates"))
        .singleElement()
        .isEqualTo(
            Map.ofEntries(
                Map.entry("name", "conservation"),
                Map.entry("metric", "conservation"),
                Map.entry("layer", "curated"),
                Map.entry("severity", "critical"),
                Map.entry("action", "halt_and_alert"),
                Map.entry("ruling", "passed"),
                Map.entry("value", 0.0),
                Map.entry("max", 0.0),
                Map.entry("baseline", "counted")));
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void changesNothingWhenAskedAgain() {
    // Given
    SnapshotId snapshot = commit(lake.land(pipeline, "1", order("a", 1)));
    batches.index(snapshot);

    // When
    batches.index(snapshot);
    batches.indexAll();

    // Then
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  void makesGoodWhatALostMessageLeftOut() {
    // Given
    SnapshotId first = commit(lake.land(pipeline, "1", order("a", 1)));
    judge(first, 0);
    lake.table(pipeline).publish(first);
    SnapshotId second = commit(lake.land(pipeline, "2", order("b", 1)));

    // When
    batches.index(second);

    // Then
    assertThat(rows()).extracting(row -> row.get("status")).containsExactly("published", "audited");
  }

  @Test
  void followsABatchFromAHaltToWhatReadersSee() {
    // Given
    SnapshotId snapshot = commit(lake.land(pipeline, "1", order("a", 1)));
    judge(snapshot, 1);
    batches.index(snapshot);
    assertThat(rows().getFirst())
        .containsEntry("status", "halted")
        .doesNotContainKey("published_at");

    // When
    verdicts()
        .keep(
            new GateVerdict(
                pipeline.name(),
                snapshot,
                2,
                GateOutcome.PUBLISHED,
                List.of(GateRule.CONSERVATION.terms().judge(new Measurement.Known(0, "mended"))),
                lake.now(),
                TestLake.CODE));
    lake.table(pipeline).publish(snapshot);
    batches.index(snapshot);

    // Then
    assertThat(rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row).containsEntry("status", "published").containsEntry("judgement", 2));
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void notesABatchThatIsInNoSnapshot() {
    // When
    batches.index(List.of(lake.hold(pipeline, "1", order("a", 1), "nonsense")));

    // Then
    assertThat(rows().getFirst())
        .containsEntry("status", "held")
        .containsEntry("status_reason", "too many")
        .containsEntry("read", 2L)
        .doesNotContainKey("inserted");
  }

  @Test
  void keepsFewFilesHoweverManyBatches() {
    // When
    for (int i = 0; i < 6; i++) {
      batches.index(commit(lake.land(pipeline, "" + i, order("" + i, 1))));
    }

    // Then
    assertThat(rows()).hasSize(6);
    assertThat(table().currentSnapshot().summary()).containsEntry("total-data-files", "1");
  }

  @Test
  void isMadeAnewFromTheLakeAlone() {
    // Given
    SnapshotId snapshot = commit(lake.land(pipeline, "1", order("a", 1)));
    judge(snapshot, 0);
    lake.table(pipeline).publish(snapshot);
    batches.index(snapshot);
    batches.index(List.of(lake.hold(pipeline, "2", order("b", 1))));
    List<Map<String, Object>> before = rows();
    lake.catalog().dropTable(TableIdentifier.of("curated", "orders_batches"), false);

    // When
    lake.batches(pipeline).indexAll();

    // Then
    assertThat(rows()).isEqualTo(before).hasSize(2);
  }

  @Test
  void isHeldAgainstTheLakeByTheAuditor() {
    // Given
    SnapshotId first = commit(lake.land(pipeline, "1", order("a", 1)));
    batches.index(first);
    judge(first, 0);
    lake.table(pipeline).publish(first);

    // Then
    assertThat(lake.audit(pipeline).findings())
        .singleElement()
        .extracting(Finding::code, Finding::detail)
        .containsExactly(
            "batch-row-differs",
            "status, published_at, judged_at, judgement, score, gates is audited in its row, the"
                + " lake says published");
  }

  private SnapshotId commit(LandedBatch batch) {
    CuratedTable table = lake.table(pipeline);
    return ((CommitOutcome.Committed) table.commit(table.stage(table.head(), List.of(batch))))
        .snapshot();
  }

  /** Keeps a verdict of one gate that saw {@code astray} records without a fate. */
  private void judge(SnapshotId snapshot, int astray) {
    List<GateResult> results =
        List.of(GateRule.CONSERVATION.terms().judge(new Measurement.Known(astray, "counted")));
    verdicts()
        .keep(
            new GateVerdict(
                pipeline.name(),
                snapshot,
                1,
                GateOutcome.of(results),
                results,
                lake.now(),
                TestLake.CODE));
  }

  private Verdicts verdicts() {
    return new Verdicts(pipeline.name(), lake.store(), lake.layout());
  }

  private List<Map<String, Object>> rows() {
    return lake.batchRows(pipeline);
  }

  private Table table() {
    return lake.catalog().loadTable(TableIdentifier.of("curated", "orders_batches"));
  }

  private long snapshots() {
    return StreamSupport.stream(table().snapshots().spliterator(), false).count();
  }
}
