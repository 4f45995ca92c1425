package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.SluiceProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FinishedLake.Provider.class)
class QuarantineCommandsTest {
  @TempDir private Path folder;

  @Test
  void putsBackWhatAMendedContractAcceptsAndDiscardsTheRest(FinishedLake first) throws Exception {
    // Given
    Path lake = first.copyTo(folder.resolve("lake"));
    Path mended = EventsFeed.pipeline(folder.resolve("mended"));
    Path contract = mended.resolve("event.avsc");
    String text = Files.readString(contract);
    Files.writeString(contract, text.replace("\"till\"", "\"till\", \"moon\""));

    // When
    Outcome before = quarantine(lake, "list");
    Outcome replay = quarantine(lake, "replay", "--code", "enum", "--declare", mended);
    Outcome again = quarantine(lake, "replay", "--code", "enum");
    Outcome discard = quarantine(lake, "discard", "--reason", "test data");
    Outcome after = quarantine(lake, "list", "--status", "discarded");
    Outcome rows = SluiceProcess.run("rows", EventsFeed.NAME, "--lake", lake);
    Outcome verify = SluiceProcess.run("verify", EventsFeed.NAME, "--lake", lake);

    // Then
    assertThat(before.json().get("records").asInt()).isEqualTo(EventsFeed.BROKEN);
    assertThat(before.json().get("withheld_batches").asInt()).isZero();
    assertThat(replay.status()).as(replay.err()).isEqualTo(Sluice.DONE);
    assertThat(replay.json().get("replayed").asInt()).isEqualTo(1);
    assertThat(again.json().get("selected").asInt()).isZero();
    assertThat(discard.json().get("discarded").asInt()).isEqualTo(EventsFeed.BROKEN - 1);
    assertThat(after.json().get("records").asInt()).isEqualTo(EventsFeed.BROKEN - 1);
    assertThat(rows.out()).containsOnlyOnce("\"moon\"");
    assertThat(verify.status()).as(verify.out()).isEqualTo(Sluice.DONE);
  }

  private static Outcome quarantine(Path lake, String verb, Object... further) throws Exception {
    Object[] arguments = new Object[further.length + 6];
    arguments[0] = "quarantine";
    arguments[1] = verb;
    arguments[2] = EventsFeed.NAME;
    arguments[3] = "--lake";
    arguments[4] = lake;
    arguments[5] = "--json";
    System.arraycopy(further, 0, arguments, 6, further.length);
    return SluiceProcess.run(arguments);
  }
}
