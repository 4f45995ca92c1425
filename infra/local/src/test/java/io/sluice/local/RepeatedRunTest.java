package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.SluiceProcess.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FinishedLake.Provider.class)
class RepeatedRunTest {
  @TempDir private Path folder;

  @Test
  void bringsEveryEventOfOwnFilesToMainOnce(FinishedLake first) throws Exception {
    // When
    Outcome rows = SluiceProcess.run("rows", EventsFeed.NAME, "--lake", first.lake());

    // Then
    assertThat(first.run().status()).as(first.run().err()).isEqualTo(Sluice.DONE);
    assertThat(rows.sortedLines())
        .containsExactlyElementsOf(first.feed().rows().stream().sorted().toList());
    ReportShape.check(first.run().json());
    JsonNode totals = first.run().json().get("totals");
    assertThat(totals.get("inserted").asInt()).isEqualTo(first.feed().rows().size());
    assertThat(totals.get("rejected").asInt()).isEqualTo(EventsFeed.BROKEN);
  }

  @Test
  void printsTheRowsThatAnotherReaderFinds(FinishedLake first) throws Exception {
    // When
    Outcome rows = SluiceProcess.run("rows", EventsFeed.NAME, "--lake", first.lake());

    // Then
    assertThat(IndependentRows.ofJson(rows.out()))
        .hasSize(first.feed().rows().size())
        .isEqualTo(IndependentRows.ofMain(first.lake(), first.feed().pipeline()));
  }

  @Test
  void changesNothingWhenTheSameFilesComeAgain(FinishedLake first) throws Exception {
    // Given
    Path lake = first.copyTo(folder.resolve("lake"));
    Outcome history = SluiceProcess.run("history", EventsFeed.NAME, "--lake", lake, "--json");

    // When
    Outcome second = FinishedLake.run(first.feed(), lake);

    // Then
    assertThat(second.status()).as(second.err()).isEqualTo(Sluice.DONE);
    JsonNode report = second.json();
    ReportShape.check(report);
    assertThat(report.get("batches")).hasSize(first.feed().inputs().size());
    assertThat(report.get("batches"))
        .allMatch(batch -> batch.get("verdict").asText().equals("already_landed"));
    assertThat(report.get("totals")).allMatch(count -> count.asLong() == 0);
    assertThat(report.get("verdicts")).isEmpty();
    assertThat(report.get("main")).isEqualTo(first.run().json().get("main"));
    assertThat(report.get("audit")).isEqualTo(first.run().json().get("audit"));
    assertThat(SluiceProcess.run("history", EventsFeed.NAME, "--lake", lake, "--json"))
        .isEqualTo(history);
  }
}
