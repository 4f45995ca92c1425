package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.SluiceProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FinishedLake.Provider.class)
class ContractRehearseTest {
  @TempDir private Path folder;

  private final FinishedLake finished;

  ContractRehearseTest(FinishedLake finished) {
    this.finished = finished;
  }

  private Outcome rehearse(UnaryOperator<String> contract, String rules)
      throws IOException, InterruptedException {
    Path proposed = EventsFeed.pipeline(folder.resolve("proposed"));
    edit(proposed.resolve("event.avsc"), contract);
    edit(
        proposed.resolve("pipeline.yaml"),
        yaml -> yaml.replace("ingestion:\n", "ingestion:\n  rules:\n" + rules.indent(4)));
    return SluiceProcess.run("contract", "rehearse", proposed, "--lake", finished.lake(), "--json");
  }

  private static void edit(Path file, UnaryOperator<String> change) throws IOException {
    Files.writeString(file, change.apply(Files.readString(file)));
  }

  @Test
  void findsThatTheSameContractChangesNothing() throws Exception {
    // When
    Outcome outcome = rehearse(contract -> contract, "[]");

    // Then
    JsonNode document = outcome.json();
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(Sluice.DONE);
    assertThat(document.get("proposed")).isEqualTo(document.get("contract"));
    assertThat(document.get("accepted").asLong()).isEqualTo(landed("read") - landed("rejected"));
    assertThat(document.get("quarantined").asLong()).isEqualTo(landed("rejected"));
    assertThat(document.get("would_fail").asLong()).isZero();
    assertThat(document.get("would_pass").asLong()).isZero();
  }

  @Test
  void countsWhatWouldFailByCodeAndPathWithAnExample() throws Exception {
    // When
    Outcome outcome =
        rehearse(
            contract -> contract,
            """
            - { field: amount, range: { max: 500 }, name: small }
            - { field: tags, length: { max: 1 } }
            """);

    // Then
    JsonNode document = outcome.json();
    assertThat(outcome.status()).isEqualTo(Sluice.REFUSED);
    JsonNode amount = document.get("failures").get("range amount");
    assertThat(amount.get("count").asLong()).isPositive();
    assertThat(amount.get("example").asText()).matches("[0-9a-f]{32}-[0-9]+");
    assertThat(amount.get("expected").asText()).isEqualTo("at most 500");
    assertThat(document.get("would_fail").asLong())
        .isGreaterThan(amount.get("count").asLong())
        .isLessThan(document.get("accepted").asLong());
  }

  @Test
  void tellsWhichRejectedRecordsWouldPassAndWhatTheTableWouldDo() throws Exception {
    // When
    Outcome outcome =
        rehearse(
            contract ->
                contract
                    .replace("\"till\"]", "\"till\", \"moon\"]")
                    .replace(
                        "{\"name\": \"day\"",
                        "{\"name\": \"note\", \"type\": [\"null\", \"string\"],"
                            + " \"default\": null}, {\"name\": \"day\""),
            "[]");

    // Then
    JsonNode document = outcome.json();
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(Sluice.DONE);
    assertThat(document.get("would_pass").asLong()).isEqualTo(1);
    assertThat(document.get("cured").get("enum source_system").get("found").asText())
        .isEqualTo("\"moon\"");
    assertThat(document.get("columns").findValuesAsText("table"))
        .containsExactly("none", "add column");
  }

  private long landed(String count) {
    return finished.run().json().get("totals").get(count).asLong();
  }
}
