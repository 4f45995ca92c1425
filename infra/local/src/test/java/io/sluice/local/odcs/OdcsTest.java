package io.sluice.local.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.lake.PipelineFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractCollectionAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdcsTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Event", "namespace": "com.company", "fields": [
        {"name": "event_id", "type": "string", "doc": "Made by the source."},
        {"name": "source_system", "type": {"type": "enum", "name": "S", "symbols": ["web", "app"]}},
        {"name": "event_ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "user_id", "type": ["null", "string"], "default": null},
        {"name": "region", "type": "string", "aliases": ["place"]},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9,
                                   "scale": 2}},
        {"name": "at", "type": ["null", {"type": "record", "name": "Place", "fields": [
          {"name": "room", "type": ["null", "int"], "default": null},
          {"name": "tags", "type": {"type": "array", "items": "string"}}]}], "default": null},
        {"name": "more", "type": {"type": "map", "values": "double"}}]}
      """;

  /** The configuration of ARCHITECTURE's template, with gates of every kind. */
  private static final String PIPELINE =
      """
      pipeline:
        name: user-events
        version: "2.1.0"
        owner: data-engineering@company.com
        sla: { freshness: 15m, availability: 99.9% }
      ingestion:
        source: s3
        contract: contract.avsc
        reject_budget: { rate: 0.05 }
        rules:
          - { field: region, pattern: "[a-z]+" }
      transformation:
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
          - { name: rooms, metric: null_rate_at.room, max: 0.07, severity: info, action: warn }
          - { metric: row_count, min: 1, action: warn }
          - { metric: in_set_region, values: [eu, us], min: 0.99, action: quarantine }
          - { metric: pattern_rate_event_id, pattern: "[0-9a-f]+", min: 1, action: warn }
          - { metric: uniqueness_event_id, min: 1, action: warn }
          - { metric: max_event_ts, max: 2030-01-01, action: warn }
          - metric: distinct_region
            max: 9
            where: { field: source_system, values: [web] }
            action: warn
      storage:
        path: s3://warehouse/curated/events/
        partition_evolution: true
      observability:
        metrics: [kafka_lag]
        alerts: { slack: "#data-pipeline-alerts", pagerduty: true }
      """;

  @TempDir private Path folder;

  @Test
  void bringsAPipelineThereAndBack() throws IOException {
    // Given
    PipelineFolder declared = declared(PIPELINE, CONTRACT);

    // When
    OdcsDocument document = OdcsDocument.of(declared);
    OdcsImport.Imported imported = OdcsImport.read(document.yaml(), "document");

    // Then
    assertThat(imported.leftOut()).isEmpty();
    assertThatTheyAreTheSame(written(imported.files()), declared.pipeline());
    assertThat(document.carried())
        .contains("sluice.ingestion", "sluice.transformation", "sluice.storage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/resources/demo/earthquakes", "src/test/resources/events"})
  void bringsTheProjectsOwnPipelinesThereAndBack(String place) throws IOException {
    // Given
    PipelineFolder declared = PipelineFolder.read(Path.of(place), RegistryAccess.NONE);

    // When
    OdcsImport.Imported imported = OdcsImport.read(OdcsDocument.of(declared).yaml(), "document");

    // Then
    assertThat(imported.leftOut()).isEmpty();
    assertThatTheyAreTheSame(written(imported.files()), declared.pipeline());
  }

  /** What the published JSON schema of version 3.1.0 wants of the parts that are written. */
  @Test
  void writesWhatTheStandardsSchemaAllows() throws IOException {
    // When
    JsonNode document =
        YamlTree.read(OdcsDocument.of(declared(PIPELINE, CONTRACT)).yaml(), "document");

    // Then
    assertThatKeys(document)
        .contains("version", "apiVersion", "kind", "id", "status")
        .isSubsetOf(
            "version",
            "apiVersion",
            "kind",
            "id",
            "status",
            "name",
            "schema",
            "team",
            "slaProperties",
            "customProperties");
    assertThat(document.path("apiVersion").asText()).isEqualTo("v3.1.0");
    JsonNode table = document.path("schema").path(0);
    assertThatKeys(table)
        .isSubsetOf("name", "logicalType", "physicalName", "physicalType", "properties", "quality");
    check(table.path("properties"));
    table.path("quality").forEach(OdcsTest::checkRule);
    JsonNode latency = document.path("slaProperties").path(0);
    assertThat(latency.path("value").asInt()).isEqualTo(15);
    assertThat(latency.path("unit").asText()).isEqualTo("minutes");
    document
        .path("customProperties")
        .forEach(each -> assertThatKeys(each).containsExactlyInAnyOrder("property", "value"));
  }

  @Test
  void saysGatesInTheWordsOfTheLibrary() throws IOException {
    // When
    JsonNode document =
        YamlTree.read(OdcsDocument.of(declared(PIPELINE, CONTRACT)).yaml(), "document");

    // Then
    JsonNode properties = document.path("schema").path(0).path("properties");
    JsonNode userId = properties.path(3).path("quality").path(0);
    assertThat(userId.path("metric").asText()).isEqualTo("nullValues");
    assertThat(userId.path("unit").asText()).isEqualTo("percent");
    assertThat(userId.path("mustBeLessOrEqualTo").asDouble()).isEqualTo(2);
    JsonNode region = properties.path(4).path("quality").path(0);
    assertThat(region.path("metric").asText()).isEqualTo("invalidValues");
    assertThat(region.path("mustBeLessOrEqualTo").asDouble()).isEqualTo(1);
    JsonNode room = properties.path(6).path("properties").path(0).path("quality").path(0);
    assertThat(room.path("mustBeLessOrEqualTo").asDouble()).isEqualTo(7);
  }

  @Test
  void takesWhatSomebodyElseWroteAndNamesTheRest() throws IOException {
    // When
    OdcsImport.Imported imported =
        OdcsImport.read(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: Orders of the shop
            version: 1.0.0
            status: draft
            price: { priceAmount: 9.95 }
            slaProperties:
              - { property: retention, value: 3, unit: y }
            schema:
              - name: orders
                logicalType: object
                dataGranularityDescription: one row per order
                properties:
                  - { name: id, logicalType: string, primaryKey: true, required: true }
                  - { name: at, logicalType: timestamp, required: true, classification: public }
                  - name: amount
                    logicalType: number
                    quality:
                      - { metric: nullValues, unit: percent, mustBeLessOrEqualTo: 5 }
                      - { type: text, name: sane, description: It is sane. }
            """,
            "theirs");
    Pipeline pipeline = written(imported.files());

    // Then
    assertThat(pipeline.name().value()).isEqualTo("orders-of-the-shop");
    assertThat(pipeline.gates())
        .extracting(gate -> gate.metric().word())
        .containsExactly("null_rate_amount");
    assertThat(pipeline.gates().getFirst().terms().bounds().most()).isEqualTo(0.05);
    assertThat(imported.leftOut())
        .containsExactlyInAnyOrder(
            "price",
            "slaProperties: retention",
            "schema[0].dataGranularityDescription",
            "schema[0].at.classification",
            "schema[0].amount.quality: sane");
  }

  @Test
  void takesAnEditOfARuleThatCarriesAGate() throws IOException {
    // Given
    String edited =
        OdcsDocument.of(declared(PIPELINE, CONTRACT))
            .yaml()
            .replace("mustBeLessOrEqualTo: 2.0", "mustBeLessOrEqualTo: 3.0");

    // When
    Pipeline pipeline = written(OdcsImport.read(edited, "edited").files());

    // Then
    assertThat(pipeline.gates())
        .filteredOn(gate -> gate.metric().word().equals("null_rate_user_id"))
        .singleElement()
        .satisfies(
            gate -> {
              assertThat(gate.terms().bounds().most()).isEqualTo(0.03);
              assertThat(gate.terms().action().word()).isEqualTo("quarantine");
            });
  }

  private static void check(JsonNode properties) {
    for (JsonNode property : properties) {
      assertThatKeys(property)
          .contains("name")
          .isSubsetOf(
              "name",
              "description",
              "logicalType",
              "physicalType",
              "logicalTypeOptions",
              "required",
              "properties",
              "items",
              "primaryKey",
              "primaryKeyPosition",
              "quality");
      assertThat(property.path("logicalType").asText())
          .isIn(
              "string",
              "date",
              "timestamp",
              "time",
              "number",
              "integer",
              "object",
              "array",
              "boolean");
      assertThatKeys(property.path("logicalTypeOptions")).isSubsetOf("format");
      if (property.path("logicalType").asText().equals("integer")) {
        assertThat(property.path("logicalTypeOptions").path("format").asText()).isIn("i32", "i64");
      }
      property.path("quality").forEach(OdcsTest::checkRule);
      check(property.path("properties"));
    }
  }

  private static void checkRule(JsonNode rule) {
    if (rule.path("type").asText().equals("custom")) {
      assertThatKeys(rule)
          .contains("engine", "implementation")
          .isSubsetOf("type", "engine", "implementation", "name", "severity");
    } else {
      assertThat(rule.path("metric").asText())
          .isIn("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");
      assertThat(List.of("mustBeLessOrEqualTo", "mustBeGreaterOrEqualTo"))
          .filteredOn(rule::has)
          .hasSize(1);
    }
  }

  private static AbstractCollectionAssert<?, ?, String, ?> assertThatKeys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return assertThat(keys);
  }

  private static void assertThatTheyAreTheSame(Pipeline actual, Pipeline expected) {
    assertThat(actual.contract()).isEqualTo(expected.contract());
    assertThat(actual.gates()).containsExactlyInAnyOrderElementsOf(expected.gates());
    assertThat(actual)
        .isEqualTo(
            new Pipeline(
                expected.name(),
                expected.version(),
                expected.owner(),
                expected.contract(),
                expected.ingestion(),
                expected.transformation(),
                actual.gates(),
                expected.storage()));
  }

  private PipelineFolder declared(String yaml, String contract) throws IOException {
    Path declared = Files.createDirectories(folder.resolve("declared"));
    Files.writeString(declared.resolve("pipeline.yaml"), yaml);
    Files.writeString(declared.resolve("contract.avsc"), contract);
    return PipelineFolder.read(declared, RegistryAccess.NONE);
  }

  private Pipeline written(Map<String, String> files) throws IOException {
    Path written = Files.createDirectories(folder.resolve("written"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(written.resolve(file.getKey()), file.getValue());
    }
    return PipelineFolder.read(written, RegistryAccess.NONE).pipeline();
  }
}
