package io.sluice.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads what the functions wrote, and finds the rows that {@code rows} prints. */
@Tag("engines")
class SecondEngineTest {
  @TempDir private Path folder;

  @Test
  void readsTheSameRowsOfEveryTableBranchAndSnapshot() throws Exception {
    try (WiredCloud cloud =
        WiredCloud.start(folder, WiredTemplate.deployed(), Wire.Watch.UNSEEING, event -> {})) {
      // Given
      ReadersFeeds feeds = new ReadersFeeds(cloud);
      List<String> pipelines = new ArrayList<>(feeds.merges());
      pipelines.add(feeds.earthquakes(folder.resolve("demo")));
      pipelines.add(feeds.everyType());
      pipelines.addAll(feeds.beforeEvolution());
      TwoReaders before = new TwoReaders(cloud, Files.createDirectory(folder.resolve("before")));
      TwoReaders after = new TwoReaders(cloud, Files.createDirectory(folder.resolve("after")));

      // When
      before.compare(pipelines);
      feeds.evolve();
      after.compare(pipelines.stream().filter(each -> each.startsWith("evolving")).toList());

      // Then
      assertThat(before.disagreements()).isEmpty();
      assertThat(after.disagreements()).isEmpty();
      assertThat(before.rows()).isPositive();
      Files.write(Path.of("target/engines.txt"), List.of(before.summary(), after.summary()));
    }
  }
}
