package io.sluice.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.verdict.Gated;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration template that the project started from, as it stands. */
class TemplateTest {
  private static final String TEMPLATE =
      """
      pipeline:
        name: events-curated
        version: "2.1.0"
        owner: data-engineering@company.com
        sla: { freshness: 15m, availability: 99.9% }
      ingestion:
        source: s3
        format: ndjson
        contract: contract.avsc
        topics: [events.raw.v1]
        consumer_group: pipeline-ingestion-v2
        schema_registry: http://sr.internal:8081
        dead_letter_topic: events.dlq
        reject_budget: { rate: 0.05 }
      transformation:
        engine: lambda
        mode: micro_batch
        batch_interval: 5m
        idempotency_key: [event_id, source_system]
        event_time: event_ts
        merge: upsert
        on_conflict: keep_last
        partitions: [partition_date, region]
      quality:
        gates:
          - { metric: row_count_delta, threshold: 0.15, action: halt_and_alert }
          - { metric: null_rate_user_id, threshold: 0.02, action: quarantine }
          - { metric: schema_hash, action: registry_validation }
      storage:
        format: iceberg
        path: s3://warehouse/curated/events/
        time_travel: true
        optimize: true
        partition_evolution: true
      observability:
        metrics: [kafka_lag, pipeline_duration, data_quality_score]
        alerts: { slack: "#data-pipeline-alerts", pagerduty: true }
      """;
  private static final String CONTRACT =
      """
      {"type": "record", "name": "NAME", "fields": [
        {"name": "event_id", "type": "string"},
        {"name": "source_system", "type": "string"},
        {"name": "event_ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "user_id", "type": ["null", "string"], "default": null},
        {"name": "region", "type": "string"}MORE]}
      """;

  private final TestLake lake = new TestLake();
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private Pipeline pipeline = declare("Event", "");
  private int batches;

  @Test
  void publishesWhatIsAsUsual() {
    assertThat(gate(commit(100, 0))).isInstanceOf(Gated.Published.class);
    assertThat(gate(commit(115, 2))).isInstanceOf(Gated.Published.class);
    assertThat(lake.rows(pipeline, "main")).hasSize(215);
  }

  @Test
  void haltsWhenTheSizeOfABatchIsNotAsUsual() {
    // Given
    gate(commit(100, 0));

    // When
    Gated verdict = gate(commit(116, 0));

    // Then
    assertThatOnly("row_count_delta", ((Gated.Halted) verdict).verdict(), GateOutcome.HALTED);
    assertThat(lake.rows(pipeline, "main")).hasSize(100);
    assertThat(lake.rows(pipeline, "audit")).hasSize(216);
  }

  @Test
  void quarantinesWhatComesWithoutUsers() {
    // Given
    gate(commit(100, 0));

    // When
    Gated verdict = gate(commit(100, 3));

    // Then
    assertThatOnly(
        "null_rate_user_id", ((Gated.Quarantined) verdict).verdict(), GateOutcome.QUARANTINED);
    assertThat(lake.rows(pipeline, "main")).hasSize(100);
    assertThat(lake.rows(pipeline, "audit")).hasSize(100);
  }

  @Test
  void haltsWhenTheContractIsNoLongerThatOfTheSnapshot() {
    // Given
    gate(commit(100, 0));
    SnapshotId snapshot = commit(100, 0);
    pipeline = declare("Occurrence", "");

    // When
    Gated verdict = gate(snapshot);

    // Then
    assertThatOnly("schema_hash", ((Gated.Halted) verdict).verdict(), GateOutcome.HALTED);
    assertThat(lake.rows(pipeline, "main")).hasSize(100);
  }

  @Test
  void haltsWhenTheColumnsAreNotThoseOfTheContract() {
    // Given
    SnapshotId snapshot = commit(100, 0);
    pipeline = declare("Event", ",{\"name\": \"more\", \"type\": \"long\", \"default\": 0}");

    // When
    Gated verdict = gate(snapshot);

    // Then
    assertThatOnly("schema_hash", ((Gated.Halted) verdict).verdict(), GateOutcome.HALTED);
    assertThat(((Gated.Halted) verdict).verdict().results().getLast().measurement().toString())
        .contains("field more is not in the table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy_on_write", "deletion_vectors"})
  void countsARowThatIsReplacedOnce(String rowChanges) {
    // Given
    String template = TEMPLATE.replace("path:", "row_changes: " + rowChanges + "\n  path:");
    pipeline = declare(template, "Event", "");
    gate(commit(100, 0));
    pipeline =
        declare(
            template.replace(
                "storage:",
                """
                    - { metric: row_count, between: [90, 90], action: halt_and_alert }
                    - name: all
                      metric: row_count
                      layer: serving
                      between: [100, 100]
                      action: warn
                storage:"""),
            "Event",
            "");

    // When
    Gated verdict = gate(replace(90, 1));

    // Then
    assertThat(((Gated.Published) verdict).verdicts().getLast().results())
        .noneMatch(GateResult::failed);
    assertThat(lake.rows(pipeline, "main")).hasSize(100);
  }

  @Test
  void measuresTheRowsThatReplaceOthersWithoutThoseBesideThem() {
    // Given
    gate(commit(100, 0));

    // When
    Gated verdict = gate(replace(90, 2));

    // Then
    assertThatOnly(
        "null_rate_user_id", ((Gated.Quarantined) verdict).verdict(), GateOutcome.QUARANTINED);
  }

  private static void assertThatOnly(String gate, GateVerdict verdict, GateOutcome outcome) {
    assertThat(verdict.outcome()).isEqualTo(outcome);
    assertThat(verdict.results().stream().filter(GateResult::failed))
        .extracting(result -> result.terms().name())
        .containsExactly(gate);
  }

  private Pipeline declare(String name, String more) {
    return declare(TEMPLATE, name, more);
  }

  private Pipeline declare(String template, String name, String more) {
    return lake.declare(
        "events-curated", template, CONTRACT.replace("NAME", name).replace("MORE", more));
  }

  /** Commits a batch of new events. */
  private SnapshotId commit(int rows, int withoutUser) {
    return commit(batches, rows, withoutUser);
  }

  /** Commits a batch of later versions of the first events of the first batch. */
  private SnapshotId replace(int rows, int withoutUser) {
    return commit(0, rows, withoutUser);
  }

  private SnapshotId commit(int first, int rows, int withoutUser) {
    int batch = batches++;
    String[] lines =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    "{\"event_id\":\"%d-%d\",\"source_system\":\"web\",\"event_ts\":%d,"
                            .formatted(first, i, 1767225600000L + batch * 1000L + i)
                        + "\"user_id\":%s,\"region\":\"eu\"}"
                            .formatted(i < withoutUser ? "null" : "\"u\""))
            .toArray(String[]::new);
    IcebergTable table = lake.table(pipeline);
    return ((CommitOutcome.Committed)
            table.commit(
                table.stage(table.head(), List.of(lake.land(pipeline, "" + batch, lines)))))
        .snapshot();
  }

  private Gated gate(SnapshotId snapshot) {
    IcebergTable table = lake.tables().audited(pipeline);
    VerdictLog log =
        new VerdictLog(pipeline.name(), lake.store(), lake.layout(), lake::now, TestLake.CODE);
    Rules rules =
        new Rules(
            pipeline.gates(),
            pipeline.contract()::fingerprint,
            table,
            new Manifests(lake.store())::find,
            log);
    return new Gating(table, rules, log, curate, ignored -> {}).gate(snapshot);
  }
}
