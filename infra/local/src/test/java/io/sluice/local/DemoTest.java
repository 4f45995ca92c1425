package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.SluiceProcess.Outcome;
import io.sluice.local.demo.DemoData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The demo, run once. */
@TestInstance(Lifecycle.PER_CLASS)
class DemoTest {
  private static final int EARTHQUAKES = 1707;

  private final Path lake;
  private final Outcome demo;

  DemoTest(@TempDir Path folder) throws Exception {
    lake = folder.resolve("lake");
    demo = SluiceProcess.run("demo", "--lake", lake, "--json");
  }

  @Test
  void publishesAWeekOfEarthquakes() {
    // Then
    assertThat(demo.status()).as(demo.err()).isEqualTo(Sluice.DONE);
    JsonNode report = demo.json();
    ReportShape.check(report);
    assertThat(report.get("pipeline").asText()).isEqualTo("earthquakes");
    assertThat(report.get("lake").asText()).isEqualTo(lake.toString());
    assertThat(report.get("published").asBoolean()).isTrue();
    assertThat(report.get("main").get("rows").asInt()).isEqualTo(EARTHQUAKES);
    assertThat(report.get("main")).isEqualTo(report.get("audit"));
    assertThat(report.get("totals").get("inserted").asInt()).isEqualTo(EARTHQUAKES);
  }

  @Test
  void tellsWhatBecameOfEveryRecordOfTheFilesFromRealLife() {
    // Then
    JsonNode totals = demo.json().get("totals");
    assertThat(totals.get("rejected").asInt()).isEqualTo(20);
    assertThat(totals.get("duplicate").asInt()).isEqualTo(220);
    assertThat(totals.get("conflicting").asInt()).isEqualTo(2);
    assertThat(demo.json().get("batches")).hasSize(10);
  }

  @Test
  void printsTheRowsThatAnotherReaderFinds() throws Exception {
    // Given
    Path pipeline = DemoData.prepare(lake.resolveSibling("demo"), DemoData.Lake.KEPT).pipeline();

    // When
    Outcome rows = SluiceProcess.run("rows", "earthquakes", "--lake", lake);

    // Then
    assertThat(IndependentRows.ofJson(rows.out()))
        .hasSize(EARTHQUAKES)
        .isEqualTo(IndependentRows.ofMain(lake, pipeline));
  }
}
