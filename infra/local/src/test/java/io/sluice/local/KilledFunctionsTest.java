package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.SluiceProcess.Outcome;
import io.sluice.local.cloud.CloudSettings;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.cloud.event.FunctionStatus;
import io.sluice.local.lake.InputFile;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.run.PipelineRun;
import io.sluice.local.run.RunReport;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FinishedLake.Provider.class)
class KilledFunctionsTest {
  private static final int KILLS = 10;

  /** A function takes some three seconds to start, and less for its work here. */
  private static final int LONGEST_DELAY_MILLIS = 4000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void endsInTheSameRowsHoweverOftenProcessesAreKilled(FinishedLake undisturbed) throws Exception {
    // Given
    long seed = System.nanoTime();
    System.out.println("Killing function processes with seed " + seed);
    Path lake = folder.resolve("lake");
    EventsFeed feed = undisturbed.feed();

    // When
    RunReport report;
    try (PipelineRun run =
        PipelineRun.start(
            new CloudSettings(
                lake, SluiceProcess.root(), catalogDriver(), RegistryAccess.NONE, 0, 0),
            PipelineFolder.read(feed.pipeline(), RegistryAccess.NONE),
            InstantSource.system(),
            event -> {})) {
      killAtRandom(run, InputFile.find(feed.inputs()), new Random(seed));
      report = run.finish(PATIENCE);
    }

    // Then
    assertThat(report.deadLetters()).isEmpty();
    assertThat(report.isRefused()).isFalse();
    assertThat(SluiceProcess.run("rows", EventsFeed.NAME, "--lake", lake).sortedLines())
        .isEqualTo(
            SluiceProcess.run("rows", EventsFeed.NAME, "--lake", undisturbed.lake()).sortedLines());
    Outcome verified = SluiceProcess.run("verify", EventsFeed.NAME, "--lake", lake);
    assertThat(verified.status()).as(verified.out()).isEqualTo(Sluice.DONE);
  }

  /** Feeds a file or two, waits a random time, kills a process of those that run, ten times. */
  private static void killAtRandom(PipelineRun run, List<InputFile> files, Random random) {
    int fed = 0;
    for (int kills = 1; kills <= KILLS; kills++) {
      int until = files.size() * kills / KILLS;
      run.feed(files.subList(fed, until));
      fed = until;
      Optional<ProcessHandle> killed = Optional.empty();
      while (killed.isEmpty()) {
        pause(random.nextInt(LONGEST_DELAY_MILLIS));
        killed = anyProcess(run.cloud(), random).filter(ProcessHandle::destroyForcibly);
      }
      killed.get().onExit().join();
    }
  }

  private static Optional<ProcessHandle> anyProcess(EmbeddedCloud cloud, Random random) {
    List<ProcessHandle> alive =
        cloud.functions().stream()
            .map(FunctionStatus::processes)
            .flatMap(List::stream)
            .flatMap(process -> ProcessHandle.of(process).stream())
            .toList();
    return alive.isEmpty()
        ? Optional.empty()
        : Optional.of(alive.get(random.nextInt(alive.size())));
  }

  private static void pause(int millis) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .join();
  }

  private static List<Path> catalogDriver() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().startsWith("sqlite-jdbc"))
        .toList();
  }
}
