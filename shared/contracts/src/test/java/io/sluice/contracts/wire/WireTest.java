package io.sluice.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.Decision;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateTerms;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.Settlement;
import io.sluice.core.gate.Settlement.Way;
import io.sluice.core.gate.Severity;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.id.SourceObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {
  private static final PipelineName PIPELINE = new PipelineName("earthquakes");
  private static final SourceObject SOURCE =
      new SourceObject(new ObjectName("lake", "landing/earthquakes/a b%20ü.ndjson"), "v\"1");
  private static final BatchId BATCH = BatchId.of(PIPELINE, SOURCE);
  private static final ObjectName MANIFEST = new ObjectName("lake", "raw/e/manifest.json");

  private static Manifest manifest(LandStatus status) {
    return new Manifest(
        BATCH,
        PIPELINE,
        SOURCE,
        1234,
        Instant.parse("2018-02-01T00:00:00.123456Z"),
        Instant.parse("2026-01-01T00:00:00Z"),
        "0123456789abcdef",
        "0.1.0",
        status,
        new LandCounts(3, 2, 1),
        Map.of("missing properties.mag", 1L),
        Map.of("properties.color", 2L),
        List.of(new StoredFile(new ObjectName("lake", "raw/x.parquet"), 2, 99)),
        List.of(new StoredFile(new ObjectName("lake", "quarantine/x.parquet"), 1, 98)));
  }

  @Test
  void bringsEveryManifestBack() {
    for (LandStatus status :
        List.of(
            new LandStatus.Accepted(),
            new LandStatus.Held("too many"),
            new LandStatus.Rejected("cut off"))) {
      assertThat(ManifestJson.read(ManifestJson.write(manifest(status))))
          .isEqualTo(manifest(status));
    }
  }

  @Test
  void bringsEveryVerdictBack() {
    // Given
    GateTerms rate =
        new GateTerms(
            "mostly_known",
            "null_rate_properties.mag",
            new Bounds(0.001, 0.02),
            GateAction.QUARANTINE,
            Severity.INFO,
            Layer.CURATED);
    GateTerms delta =
        GateRule.of(new Metric.RowCountDelta(20), Bounds.atMost(0.15), GateAction.HALT_AND_ALERT)
            .terms();
    GateTerms drift =
        GateRule.of(
                new Metric.Drift(FieldPath.parse("mag"), 20), Bounds.atLeast(0.5), GateAction.WARN)
            .terms();
    Distribution distribution =
        new Distribution(new TreeMap<>(Map.of(Distribution.NULLS, 3L, -7, 1L, 7, 12L)));
    GateVerdict verdict =
        new GateVerdict(
            PIPELINE,
            new SnapshotId(-7_000_000_000_000_000_001L),
            3,
            GateOutcome.HALTED,
            List.of(
                GateRule.CONSERVATION.terms().judge(new Measurement.Known(0, "the summary")),
                drift.judge(
                    new Measurement.Known(0.25, "16 rows", List.of("day=1: 3 of 4"), distribution)),
                drift.judge(new Measurement.Nothing("no rows")),
                rate.judge(new Measurement.Known(1, "all"))
                    .accepted(
                        new Decision("ada", "known outage", Instant.parse("2026-01-02T00:00:00Z"))),
                rate.judge(new Measurement.Unknown("no statistics")),
                delta.judge(new Measurement.Known(Double.POSITIVE_INFINITY, "no rows before"))),
            Instant.parse("2026-01-01T00:00:00Z"),
            "0.1.0");

    // When
    byte[] json = GateVerdictJson.write(verdict);

    // Then
    assertThat(GateVerdictJson.read(json)).isEqualTo(verdict);
    assertThat(new String(json, UTF_8))
        .contains("\"judgement\":3,")
        .contains("{\"metric\":\"conservation\",\"value\":0.0,\"limit\":0.0,\"passed\":true,")
        .contains("\"metric\":\"null_rate_properties.mag\",\"value\":null,");
  }

  @Test
  void readsVerdictsOfBeforeGatesHadNames() {
    // Given
    String old =
        """
        {"pipeline":"earthquakes","snapshot":5,"outcome":"quarantined",
         "judged_at":"2026-01-01T00:00:00Z","code":"0.1.0","results":[
          {"metric":"null_rate_mag","value":0.5,"limit":0.02,"passed":false,
           "action":"quarantine","basis":"1 of 2 added rows"}]}
        """;

    // When
    GateVerdict verdict = GateVerdictJson.read(old.getBytes(UTF_8));

    // Then
    assertThat(verdict.judgement()).isEqualTo(1);
    assertThat(verdict.score()).isEqualTo(0);
    assertThat(verdict.results().getFirst().terms())
        .isEqualTo(
            new GateTerms(
                "null_rate_mag",
                "null_rate_mag",
                Bounds.atMost(0.02),
                GateAction.QUARANTINE,
                Severity.ERROR,
                Layer.CURATED));
  }

  @Test
  void refusesAJudgementBeyond32Bits() {
    String verdict =
        """
        {"pipeline":"p","snapshot":5,"judgement":4294967297,"outcome":"published","results":[],
         "judged_at":"2026-01-01T00:00:00Z","code":"1"}
        """;
    assertThatThrownBy(() -> GateVerdictJson.read(verdict.getBytes(UTF_8)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("judgement is 4294967297");
  }

  @Test
  void writesTheMessagesAsTheStagesExpectThem() {
    // Given
    BatchLanded landed = new BatchLanded(PIPELINE, BATCH, MANIFEST);
    SnapshotAudited audited = new SnapshotAudited(PIPELINE, new SnapshotId(123));

    // When
    String landedBody = BatchLandedJson.write(landed);
    String auditedBody = SnapshotAuditedJson.write(audited);

    // Then
    assertThat(landedBody)
        .isEqualTo(
            "{\"pipeline\":\"earthquakes\",\"batch\":\"%s\",\"manifest\":\"%s\"}"
                .formatted(BATCH, MANIFEST));
    assertThat(auditedBody).isEqualTo("{\"pipeline\":\"earthquakes\",\"snapshot\":123}");
    assertThat(BatchLandedJson.read(landedBody)).isEqualTo(landed);
    assertThat(SnapshotAuditedJson.read(auditedBody)).isEqualTo(audited);
  }

  @Test
  void bringsEveryRequestToGateBack() {
    Decision decision = new Decision("ada", "known outage", Instant.parse("2026-01-02T00:00:00Z"));
    for (GateRequest request :
        List.of(
            new SnapshotAudited(PIPELINE, new SnapshotId(123)),
            new GateRequest.Resume(PIPELINE, new SnapshotId(-1), Set.of(), decision),
            new GateRequest.Resume(PIPELINE, new SnapshotId(1), Set.of("a", "b"), decision),
            new GateRequest.Settle(
                PIPELINE, new SnapshotId(1), Set.of(BATCH), Way.RELEASE, decision),
            new GateRequest.Settle(
                PIPELINE, new SnapshotId(1), Set.of(BATCH), Way.DISCARD, decision))) {
      assertThat(GateRequestJson.read(GateRequestJson.write(request))).isEqualTo(request);
    }
    Settlement settlement = new Settlement(new SnapshotId(1), BATCH, Way.DISCARD, decision);
    assertThat(SettlementJson.read(SettlementJson.write(settlement))).isEqualTo(settlement);
  }

  @Test
  void acceptsNoMessageThatAcceptsLostRecords() {
    // Given
    Decision decision = new Decision("ada", "late", Instant.parse("2026-01-02T00:00:00Z"));
    String message =
        GateRequestJson.write(
            new GateRequest.Resume(PIPELINE, new SnapshotId(1), Set.of("steady"), decision));

    // Then
    assertThatThrownBy(() -> GateRequestJson.read(message.replace("steady", "conservation")))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("Cannot accept gate conservation");
  }

  @Test
  void ignoresFieldsThatAreNotKnownYet() {
    assertThat(
            SnapshotAuditedJson.read(
                "{\"trace\":{\"id\":1},\"pipeline\":\"earthquakes\",\"snapshot\":1}"))
        .isEqualTo(new SnapshotAudited(PIPELINE, new SnapshotId(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|it is not JSON",
        "''|it is no JSON object",
        "[]|it is no JSON object",
        "{} {}|it is not JSON",
        "'{\"snapshot\":1}'|pipeline is missing",
        "'{\"pipeline\":null,\"snapshot\":1}'|pipeline is null (text is wanted)",
        "'{\"pipeline\":\"A\",\"snapshot\":1}'|pipeline is \"A\" (Invalid pipeline name: A",
        "'{\"pipeline\":\"a\",\"snapshot\":1.5}'|snapshot is 1.5 (a whole number is wanted)",
        "'{\"pipeline\":\"a\",\"snapshot\":9223372036854775808}'|a whole number is wanted",
        "'{\"pipeline\":\"a\",\"pipeline\":\"b\",\"snapshot\":1}'|it is not JSON: Duplicate",
      })
  void saysWhatIsWrongWithAMessage(String body, String reason) {
    assertThatThrownBy(() -> SnapshotAuditedJson.read(body))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageStartingWith("Invalid message from curate to gate: ")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesMessagesOfAnySize() {
    assertThatThrownBy(() -> SnapshotAuditedJson.read(" ".repeat(2_000_000)))
        .isInstanceOf(InvalidMessage.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"accepted\":2|\"accepted\":3|Invalid counts",
        "\"rows\":2|\"rows\":3|rows are not its counts",
        "\"rows\":2|\"row\":2|raw[0].rows is missing",
        "\"status\":\"accepted\"|\"status\":\"fine\"|status is \"fine\"",
        "\"status\":\"accepted\"|\"status\":\"held\"|reason is missing",
        "2026-01-01T00:00:00Z|yesterday|landed_at is \"yesterday\" (an instant is wanted)",
      })
  void refusesManifestsThatContradictThemselves(String from, String to, String reason) {
    // Given
    String json = new String(ManifestJson.write(manifest(new LandStatus.Accepted())), UTF_8);
    assertThat(json).contains(from);

    // When, Then
    assertThatThrownBy(() -> ManifestJson.read(json.replace(from, to).getBytes(UTF_8)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageStartingWith("Invalid manifest: ")
        .hasMessageContaining(reason);
  }
}
