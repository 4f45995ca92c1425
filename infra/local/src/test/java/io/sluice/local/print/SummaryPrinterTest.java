package io.sluice.local.print;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.local.run.BatchLine;
import io.sluice.local.run.RunReport;
import io.sluice.local.run.StageTimes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody reads who wants to know where all records are. */
class SummaryPrinterTest {
  private static final BatchAccount MERGED =
      new BatchAccount(new LandCounts(10, 9, 1), new MergeCounts(9, 0, 0, 0, 0, 0));
  private static final BatchAccount LANDED =
      new BatchAccount(new LandCounts(125, 120, 5), MergeCounts.NONE);

  @Test
  void saysHowManyRecordsAreInNoSnapshot() {
    assertThat(printed(line("good", MERGED, List.of(7L)), line("bad", LANDED, List.of())))
        .containsSubsequence(
            "read 10 = inserted 9",
            "  125 records of 1 source are not among these, for the reasons above");
  }

  @Test
  void saysNothingOfThatWhereAllAre() {
    assertThat(printed(line("good", MERGED, List.of(7L)))).doesNotContain("not among these");
  }

  private static BatchLine line(String source, BatchAccount account, List<Long> snapshots) {
    BatchId batch = new BatchId("0123456789abcdef0123456789abcdef");
    String reason = snapshots.isEmpty() ? "a gate took it off audit" : "";
    return new BatchLine(
        batch, source, 1, "accepted", reason, account, Map.of(), Map.of(), snapshots, "");
  }

  private static String printed(BatchLine... lines) {
    RunReport report =
        new RunReport(
            new PipelineName("orders"),
            Path.of("lake"),
            Duration.ZERO,
            new StageTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO),
            MERGED,
            List.of(),
            List.of(),
            false,
            List.of(lines),
            List.of(),
            List.of(),
            List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SummaryPrinter(new PrintStream(bytes, true, UTF_8)).print(report);
    return bytes.toString(UTF_8);
  }
}
