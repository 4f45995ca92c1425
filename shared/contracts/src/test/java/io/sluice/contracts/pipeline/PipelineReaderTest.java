package io.sluice.contracts.pipeline;

import static io.sluice.contracts.pipeline.Declared.SMALLEST;
import static io.sluice.contracts.pipeline.Declared.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.PartitionField.Unit;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.gate.Severity;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineReaderTest {
  @Test
  void readsTheDemo() throws IOException {
    // Given
    Path demo =
        Path.of(System.getProperty("sluice.root"))
            .resolve("infra/local/src/main/resources/demo/earthquakes");
    String contract = Files.readString(demo.resolve("contract.avsc"));

    // When
    Pipeline pipeline =
        PipelineReader.read(
            Files.readString(demo.resolve("pipeline.yaml")),
            "pipeline.yaml",
            name -> Optional.of(contract));

    // Then
    FieldPath net = FieldPath.parse("properties.net");
    FieldPath time = FieldPath.parse("properties.time");
    assertThat(pipeline.name()).isEqualTo(new PipelineName("earthquakes"));
    assertThat(pipeline.transformation().idempotencyKey())
        .containsExactly(FieldPath.parse("id"), net);
    assertThat(pipeline.transformation().eventTime()).isEqualTo(time);
    assertThat(pipeline.transformation().partitions())
        .containsExactly(
            new PartitionField.Calendar("partition_date", time, Unit.DAY),
            new PartitionField.Identity("properties_net", net));
    assertThat(pipeline.gates())
        .containsExactly(
            GateRule.of(new Metric.RowCountDelta(20), Bounds.atMost(2), GateAction.HALT_AND_ALERT),
            GateRule.of(
                new Metric.Column(
                    "null_rate_properties.mag",
                    new ColumnMeasure.Statistic(Kind.NULL_RATE, FieldPath.parse("properties.mag"))),
                Bounds.atMost(0.02),
                GateAction.QUARANTINE));
    assertThat(pipeline.ingestion().rejectBudget().rate()).isEqualTo(0.5);
  }

  @Test
  void readsEveryGateThatCanBeDeclared() {
    // When
    List<GateRule> gates =
        read(SMALLEST
                + """
                quality:
                  gates:
                    - { metric: row_count, min: 1, layer: serving, action: warn }
                    - { name: size, metric: row_count, between: [1, 9], action: quarantine }
                    - { metric: freshness, threshold: 15m, severity: info, action: warn }
                    - { metric: late_rate, max: .1, late_after: 2h, action: warn }
                    - { metric: in_set_region, min: 1, values: [eu, us], action: warn }
                    - { metric: pattern_rate_region, min: 1, pattern: "[a-z]+", action: warn }
                    - { metric: max_ts, max: 2030-01-01, action: warn }
                    - { metric: uniqueness, fields: [event_id, region], min: 1, action: warn }
                    - metric: length_region
                      max: 2
                      where: { field: region, values: [eu] }
                      action: warn
                    - metric: drift_amount
                      max: 0.25
                      baseline: { snapshots: 5 }
                      without_baseline: fail
                      action: warn
                    - metric: referential
                      fields: [event_id]
                      references: { pipeline: others, fields: [id] }
                      max: 0
                      action: halt_and_alert
                    - { metric: schema_hash, action: registry_validation }
                """)
            .gates();

    // Then
    assertThat(gates)
        .extracting(each -> each.terms().name())
        .startsWith("row_count", "size", "freshness", "late_rate")
        .hasSize(12);
    assertThat(gates.get(0).terms().layer()).isEqualTo(Layer.SERVING);
    assertThat(gates.get(1).terms().bounds()).isEqualTo(new Bounds(1, 9));
    assertThat(gates.get(1).terms().severity()).isEqualTo(Severity.ERROR);
    assertThat(gates.get(2).terms().bounds()).isEqualTo(Bounds.atMost(900));
    assertThat(gates.get(2).terms().severity()).isEqualTo(Severity.INFO);
    assertThat(gates.get(3).metric())
        .isEqualTo(new Metric.LateRate(FieldPath.parse("ts"), Duration.ofHours(2)));
    assertThat(gates.get(6).terms().bounds()).isEqualTo(Bounds.atMost(1_893_456_000));
    assertThat(gates.get(8).where())
        .isEqualTo(new RowFilter.Having(FieldPath.parse("region"), Set.of("eu")));
    assertThat(gates.get(9).metric()).isEqualTo(new Metric.Drift(FieldPath.parse("amount"), 5));
    assertThat(gates.get(9).firstRun()).isEqualTo(GateRule.FirstRun.FAIL);
    assertThat(gates.get(11).terms().bounds()).isEqualTo(Bounds.atMost(0));
  }

  @Test
  void refusesTwoGatesOfOneName() {
    assertThatThrownBy(
            () ->
                read(
                    SMALLEST
                        + "quality: {gates: [{metric: row_count, min: 1, action: warn},"
                        + " {metric: row_count, max: 9, action: warn}]}\n"))
        .hasMessageContaining("line 8")
        .hasMessageContaining("another gate has this name");
  }

  @Test
  void fillsInWhatIsNotDeclared() {
    // When
    Pipeline pipeline = read(SMALLEST);

    // Then
    assertThat(pipeline.version()).isEqualTo("1");
    assertThat(pipeline.owner()).isEmpty();
    assertThat(pipeline.ingestion().rejectBudget().rate()).isEqualTo(0.05);
    assertThat(pipeline.transformation().partitions()).isEmpty();
    assertThat(pipeline.gates()).isEmpty();
    assertThat(pipeline.storage().declaredLocation()).isEmpty();
  }

  @Test
  void readsHowLongABatchWaits() {
    // Given
    String waiting = SMALLEST.replace("event_time:", "batch_interval: 5m\n  event_time:");

    // Then
    assertThat(read(SMALLEST).transformation().batchInterval()).isZero();
    assertThat(read(waiting).transformation().batchInterval()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void acceptsEveryKeyOfTheTemplateThatOnlyDescribes() {
    // When
    Pipeline pipeline =
        read(
            SMALLEST
                    .replace("name: events", "name: events\n  sla: {freshness: 15m}")
                    .replace("contract:", "topics: [a]\n  consumer_group: g\n  contract:")
                    .replace("event_time:", "engine: lambda\n  mode: micro_batch\n  event_time:")
                + """
                storage: {path: "s3://warehouse/curated/events/", time_travel: true}
                observability: {metrics: [lag], alerts: {slack: "#a", pagerduty: true}}
                """);

    // Then
    assertThat(pipeline.storage().declaredLocation())
        .contains(new ObjectName("warehouse", "curated/events"));
  }

  @Test
  void readsEveryTransform() {
    // When
    Pipeline pipeline =
        read(
            SMALLEST
                + "  partitions: ['hour(ts)', 'bucket(16, event_id)', 'truncate(4,p.net)',"
                + " year(day), region]\n");

    // Then
    assertThat(pipeline.transformation().partitions())
        .containsExactly(
            new PartitionField.Calendar("ts_hour", FieldPath.parse("ts"), Unit.HOUR),
            new PartitionField.Bucket("event_id_bucket", FieldPath.parse("event_id"), 16),
            new PartitionField.Truncate("p_net_trunc", FieldPath.parse("p.net"), 4),
            new PartitionField.Calendar("day_year", FieldPath.parse("day"), Unit.YEAR),
            new PartitionField.Identity("region", FieldPath.parse("region")));
  }

  @Test
  void reportsAllProblemsAtOnceInOrderOfTheirLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    pipeline:
                      nam: events
                      owner: [a]
                    ingestion:
                      formt: ndjson
                      reject_budget: {rate: many}
                    ingestion: {}
                    """))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage(
            """
            Invalid pipeline.yaml line 2: unknown key pipeline.nam (did you mean name?)
            Invalid pipeline.yaml line 3: pipeline.owner is a list (text is wanted)
            Invalid pipeline.yaml line 5: unknown key ingestion.formt (did you mean format?)
            Invalid pipeline.yaml line 6: ingestion.reject_budget.rate is many (a number is wanted)
            Invalid pipeline.yaml line 7: key ingestion stands there twice\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: events|name: Ev|line 2: pipeline.name: Ev (",
        "name: events|owner: me|line 2: pipeline.name is missing",
        "contract: contract.avsc|topics: []|line 4: ingestion.contract is missing",
        "contract.avsc|../x.avsc|line 4: ingestion.contract: ../x.avsc (the name of a file",
        "contract.avsc|x.avsc|Contract does not exist: x.avsc",
        "[event_id]|[]|idempotency_key is missing or empty",
        "[event_id]|[evnt_id]|evnt_id is not a field of the contract (did you mean event_id?)",
        "[event_id]|[region]|region (it may be null, and a key may not)",
        "[event_id]|[tags]|tags (a array; a single value is wanted)",
        "[event_id]|[p]|p (a record; a single value is wanted)",
        "[event_id]|[event_id, event_id]|part of the key already",
        "event_time: ts|event_time: amount|amount (a double; a timestamp or date is wanted)",
        "event_time: ts|event_time: t..s|t..s is not a field",
        "event_time: ts|event_time: ts\\n  batch_interval: soon|soon (a duration of at most 1h",
        "event_time: ts|event_time: ts\\n  batch_interval: 2h|2h (a duration of at most 1h",
      })
  void namesWhatDoesNotFitTheContract(String from, String to, String reason) {
    assertThatThrownBy(() -> read(SMALLEST.replace(from, to.translateEscapes())))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[tags]|cannot partition tags, a array",
        "['bucket(0, ts)']|needs a number above 0",
        "['bucket(ts)']|needs a number above 0",
        "['day(3, ts)']|takes a field alone",
        "['hour(day)']|cannot partition day, a date",
        "['bucket(4, amount)']|cannot partition amount, a double",
        "['truncate(4, day)']|cannot partition day, a date",
        "['dya(ts)']|unknown transform (did you mean day?)",
        "[partition_date, 'hour(ts)']|partitions the same field a second time",
        "[region, region]|partitions the same field a second time",
        "['day(']|day( is not a field",
      })
  void refusesPartitionsThatIcebergCouldNotKeep(String partitions, String reason) {
    assertThatThrownBy(() -> read(SMALLEST + "  partitions: " + partitions + "\n"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageStartingWith("Invalid pipeline.yaml line 8: transformation.partitions: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ingestion: {source: kafka}|ingestion.source: kafka is not available in this version",
      })
  void refusesWhatThisVersionCannotDo(String yaml, String reason) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("Cannot use ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: conservation, threshold: 9, action: quarantine|conservation is always on",
        "metric: null_rate_nam, threshold: 0, action: quarantine|nam is not a field",
        "metric: null_rate_region, threshold: 2, action: quarantine|a share from 0 to 1",
        "metric: row_count_delta, threshold: -1, action: quarantine|a number of 0 or more",
        "metric: row_count_delta, threshold: .inf, action: quarantine|a number of 0 or more",
        "metric: row_count_delta, action: quarantine|quality.gates.threshold is missing",
        "threshold: 1, action: quarantine|quality.gates.metric is missing",
        "metric: row_count_delta, threshold: 1, action: stop|one of halt_and_alert, quarantine",
        "metric: row_cout, min: 1, action: warn|no such metric (did you mean row_count?)",
        "metric: row_count, min: 5, max: 1, action: warn|more than the most",
        "metric: row_count, max: 5, threshold: 1, action: warn|it is the most, and so is max",
        "metric: row_count, between: [5], action: warn|the least and the most are wanted",
        "'metric: row_count, between: [5, 1], action: warn'|more than the most",
        "metric: row_count, min: 1, action: registry_validation|of schema_hash only",
        "metric: row_count, min: 1, action: warn, layer: raw|by action quarantine only",
        "metric: conflict_rate, max: 1, action: quarantine, layer: raw|not known before",
        "metric: mean_amount, max: 1, action: quarantine, layer: raw|not known before",
        "'metric: null_rate_region, max: 1, action: quarantine, layer: raw, where: {field: region,"
            + " values: [eu]}'|where means nothing in layer raw",
        "metric: reject_rate, max: 1, action: warn, layer: serving|what a snapshot adds",
        "metric: row_count, min: 1, action: warn, severity: bad|one of info, warning, error",
        "metric: row_count, min: 1, action: warn, values: [a]|values means nothing for row_count",
        "metric: row_count, min: 1, action: warn, name: a/b|letters, digits, dots",
        "metric: row_count, min: 1, action: warn, name: conservation|another gate has this name",
        "metric: mean_region, max: 1, action: warn|a number is wanted",
        "metric: max_tags, max: 1, action: warn|a number, a date or a timestamp is wanted",
        "metric: max_ts, max: 1, action: warn|a date or a time in UTC is wanted",
        "metric: distinct_p, max: 1, action: warn|a single value is wanted",
        "metric: length_amount, max: 1, action: warn|a string is wanted",
        "metric: in_set_region, min: 1, action: warn|quality.gates.values is missing",
        "metric: in_set_region, threshold: 1, action: warn, values: [a]|min is wanted",
        "metric: in_set_region, action: warn, values: [a]|quality.gates.min is missing",
        "'metric: pattern_rate_region, min: 1, action: warn, pattern: \"(\"'|an RE2 pattern",
        "'metric: pattern_rate_region, min: 1, action: warn, pattern: (a)\\1'|an RE2 pattern",
        "metric: freshness, max: 15, action: warn|a duration is wanted",
        "metric: late_rate, max: 0.1, action: warn|quality.gates.late_after is missing",
        "metric: late_rate, max: 0.1, action: warn, late_after: x|a duration is wanted",
        "metric: drift_amount, max: 1, action: warn, baseline: {snapshots: 0}|from 1 to 100",
        "metric: drift_amount, max: 1, action: warn, without_baseline: x|one of pass, fail",
        "metric: uniqueness, min: 1, action: warn|quality.gates.fields is missing",
        "'metric: uniqueness, min: 1, action: warn, fields: [a]'|a is not a field",
        "'metric: referential, max: 0, action: warn, fields: [region]'|references.pipeline is miss",
        "'metric: mean_amount, max: 0, action: warn, where: {field: p, values: [a]}'|single value",
        "'metric: mean_amount, max: 0, action: warn, where: {field: region}'|values is missing",
      })
  void refusesGatesThatCannotBeEvaluated(String gate, String reason) {
    assertThatThrownBy(() -> read(SMALLEST + "quality: {gates: [{" + gate + "}]}\n"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("line 8")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|line 1: nothing is declared",
        "pipeline|the whole is pipeline (keys are wanted)",
        "'a: [b'|it is not YAML",
        "'--- {}\n--- {}'|it is not YAML",
        "'pipeline: &a {name: *a}'|it is not YAML",
        "'pipeline: {name: \u0001}'|it is not YAML",
        "'? [a]\n: b'|unknown key (no scalar)",
        "'<<: {pipeline: {}}'|unknown key <<",
        "'a: !!java.net.URL [b]'|it is not YAML: Global tag is not allowed",
      })
  void refusesWhatIsNoDeclaration(String yaml, String reason) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesDepthAndLengthBeyondTheLimits() {
    assertThatThrownBy(() -> read("a: " + "[".repeat(40_000) + "]".repeat(40_000)))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("it is not YAML");
    assertThatThrownBy(() -> read("#" + "x".repeat(300_000)))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("it is longer than 262144 characters");
  }
}
