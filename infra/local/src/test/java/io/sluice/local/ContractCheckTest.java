package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.SluiceProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractCheckTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "R", "fields": [
        {"name": "id", "type": "string"}, {"name": "n", "type": "int"}]}
      """;

  @TempDir private Path folder;

  private Path contract(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json);
  }

  @Test
  void saysThatTheNewContractReadsOldRecordsAndWhatTheTableDoes() throws Exception {
    // When
    Outcome outcome =
        SluiceProcess.run(
            "contract",
            "check",
            contract("old.avsc", CONTRACT),
            contract("new.avsc", CONTRACT.replace("\"int\"", "\"long\"")),
            "--json");

    // Then
    JsonNode document = outcome.json();
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(Sluice.DONE);
    assertThat(document.get("verdict").asText()).isEqualTo("backward");
    assertThat(document.get("table").asBoolean()).isTrue();
    JsonNode difference = document.get("differences").get(0);
    assertThat(difference.get("path").asText()).isEqualTo("n");
    assertThat(difference.get("breaks").get("forward").asText())
        .isEqualTo("long cannot be read as int");
    assertThat(difference.get("table").asText()).isEqualTo("widen");
  }

  @Test
  void refusesAContractThatCannotReadOldRecords() throws Exception {
    // When
    Outcome outcome =
        SluiceProcess.run(
            "contract",
            "check",
            contract("old.avsc", CONTRACT),
            contract("new.avsc", CONTRACT.replace("\"int\"", "\"string\"")));

    // Then
    assertThat(outcome.status()).isEqualTo(Sluice.REFUSED);
    assertThat(outcome.out())
        .contains("! n is string, was int", "not backward: int cannot be read as string")
        .contains("table: not possible (a column cannot change from int to string)");
  }

  @Test
  void saysWhichFileIsNotThere() throws Exception {
    // When
    Outcome outcome = SluiceProcess.run("contract", "check", folder, folder.resolve("none.avsc"));

    // Then
    assertThat(outcome.status()).isEqualTo(Sluice.USAGE);
    assertThat(outcome.err()).contains("does not exist");
  }
}
