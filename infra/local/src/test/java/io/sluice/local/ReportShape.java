package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What {@code demo} and {@code run} print with {@code --json}, as the architecture promises it. */
final class ReportShape {
  private static final List<String> FATES =
      List.of("inserted", "updated", "deleted", "duplicate", "superseded", "conflicting");
  private static final List<String> VERDICTS =
      List.of("accepted", "already_landed", "held", "rejected", "dead_lettered");

  private ReportShape() {}

  static void check(JsonNode report) {
    assertThat(report.path("pipeline").isTextual()).isTrue();
    assertThat(report.path("lake").isTextual()).isTrue();
    assertThat(report.path("seconds").isNumber()).isTrue();
    assertThat(report.path("published").isBoolean()).isTrue();
    assertThat(report.path("batches").isArray()).isTrue();
    assertThat(report.path("verdicts").isArray()).isTrue();
    checkConserved(report.path("totals"));
    for (String head : List.of("main", "audit")) {
      checkWhole(report.path(head), "snapshot");
      checkWhole(report.path(head), "rows");
    }
    report.get("batches").forEach(ReportShape::checkBatch);
    report.get("verdicts").forEach(ReportShape::checkVerdict);
  }

  private static void checkBatch(JsonNode batch) {
    assertThat(batch.path("batch").asText()).matches("[0-9a-f]{32}");
    assertThat(batch.path("source").isTextual()).isTrue();
    assertThat(batch.path("verdict").asText()).isIn(VERDICTS);
    checkConserved(batch);
  }

  private static void checkConserved(JsonNode counts) {
    checkWhole(counts, "read");
    checkWhole(counts, "rejected");
    FATES.forEach(fate -> checkWhole(counts, fate));
    long fates = FATES.stream().mapToLong(fate -> counts.get(fate).asLong()).sum();
    assertThat(counts.get("read").asLong())
        .as(counts.toString())
        .isEqualTo(fates + counts.get("rejected").asLong());
  }

  private static void checkVerdict(JsonNode verdict) {
    checkWhole(verdict, "snapshot");
    assertThat(verdict.path("verdict").asText()).isIn("published", "quarantined", "halted");
    assertThat(verdict.path("gates")).isNotEmpty();
    for (JsonNode gate : verdict.get("gates")) {
      assertThat(gate.path("metric").isTextual()).isTrue();
      assertThat(gate.path("value").isNumber()).isTrue();
      assertThat(gate.path("limit").isNumber()).isTrue();
      assertThat(gate.path("passed").isBoolean()).isTrue();
    }
  }

  private static void checkWhole(JsonNode node, String name) {
    assertThat(node.path(name).isIntegralNumber()).as(name + " of " + node).isTrue();
  }
}
