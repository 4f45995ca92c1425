package io.sluice.local.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.Layout;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.local.cloud.event.CloudEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many processes curate into one table at once. Every batch is announced twice, each time in a FIFO
 * group of its own, so nothing keeps two processes from the same table, or from the same batch.
 */
@Tag("long")
class RaceTest {
  private static final int FILES = 16;
  private static final int ROWS = 8;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void losesNothingAndDoublesNothing(int processes) throws Exception {
    Stages stages = new Stages();
    List<CloudEvent> events = new CopyOnWriteArrayList<>();
    try (WiredCloud cloud =
        WiredCloud.start(folder, WiredTemplate.deployed().racing(processes), stages, events::add)) {
      for (Feed feed : Feed.all().subList(0, 3)) {
        // Given
        String name = feed.name();
        cloud.declare(name, feed.pipeline(name));
        // What an append keeps of two contents depends on who is first: it gets one.
        boolean changes = !name.startsWith("append");
        for (int file = 0; file < FILES; file++) {
          cloud.feed(name, file + ".ndjson", content(file, changes));
        }
        cloud.awaitQuiet();
        stages.forget();
        events.clear();

        // When
        announceTwice(cloud, name);
        cloud.awaitQuiet();

        // Then
        AuditReport report = cloud.verify(name);
        assertThat(cloud.cloud().deadLetters()).isEmpty();
        assertThat(report.findings()).isEmpty();
        assertThat(report.batches()).isEqualTo(FILES);
        assertThat(cloud.rows(name, "audit")).isEqualTo(expected(changes));
        String line =
            "%d processes, %s: %d batches announced twice, %d snapshots, %d merges staged, %d lost"
                .formatted(
                    processes,
                    name,
                    FILES,
                    report.snapshots(),
                    stages.count(),
                    stages.count() - report.snapshots());
        Files.writeString(Path.of("target/races-" + processes + "-" + name + ".txt"), line + "\n");
      }
    }
  }

  /** The merges that were staged: what a process named the files of one merge after. */
  private static final class Stages implements Wire.Watch {
    private static final Pattern NAME = Pattern.compile(".*[/-]00000-0-(.*)-\\d+\\.parquet");

    /** The tables beside that of the pipeline, which curate and gate write to as well. */
    private static final Pattern BESIDE = Pattern.compile(".*_(batches|quarantine)/data/.*");

    private final Set<String> staged = ConcurrentHashMap.newKeySet();

    void forget() {
      staged.clear();
    }

    int count() {
      return staged.size();
    }

    @Override
    public boolean cutsBefore(Call call) {
      return false;
    }

    @Override
    public boolean cutsAfter(Call call) {
      Matcher name = NAME.matcher(call.path());
      if (call.effect().equals("data file")
          && name.matches()
          && !BESIDE.matcher(call.path()).matches()) {
        staged.add(call.function() + " " + name.group(1));
      }
      return false;
    }
  }

  private static void announceTwice(WiredCloud cloud, String name) {
    List<ObjectName> manifests = new ArrayList<>();
    cloud
        .view()
        .store()
        .list(
            cloud.view().layout().lakeBucket(),
            Layout.rawPrefix(new PipelineName(name)),
            object -> {
              if (Layout.isManifest(object.source().name().key())) {
                manifests.add(object.source().name());
              }
            });
    Manifests documents = new Manifests(cloud.view().store());
    for (int time = 0; time < 2; time++) {
      for (ObjectName manifest : manifests) {
        String body =
            BatchLandedJson.write(documents.find(manifest).orElseThrow().announcement(manifest));
        cloud
            .cloud()
            .send("CurateQueue", "group-" + time + "-" + manifests.indexOf(manifest), body);
      }
    }
  }

  /**
   * Half of the keys are in every file; where rows change, the later the file the later the row.
   */
  private static byte[] content(int file, boolean changes) {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      lines.append(row(file, row, changes)).append('\n');
    }
    return lines.toString().getBytes(UTF_8);
  }

  private static String row(int file, int row, boolean changes) {
    boolean isShared = row < ROWS / 2;
    int version = isShared && changes ? file : 0;
    return "{\"id\":\"%s\",\"place\":\"%s\",\"at\":%d,\"amount\":%d}"
        .formatted(
            isShared ? "s" + row : "f" + file + "-" + row,
            row % 2 == 0 ? "oslo" : "rome",
            1_600_000_000_000L + version,
            row + version);
  }

  private static List<String> expected(boolean changes) {
    Map<String, String> rows = new TreeMap<>();
    for (int file = 0; file < FILES; file++) {
      for (int row = 0; row < ROWS; row++) {
        String line = row(file, row, changes);
        rows.put(line.substring(0, line.indexOf(',')), line);
      }
    }
    return rows.values().stream().sorted().toList();
  }
}
