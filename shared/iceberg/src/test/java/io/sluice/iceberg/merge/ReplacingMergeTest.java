package io.sluice.iceberg.merge;

import static io.sluice.iceberg.merge.Visits.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplacingMergeTest {
  private final TestLake lake = new TestLake();

  @ParameterizedTest
  @ValueSource(strings = {"copy_on_write", "deletion_vectors"})
  void replacesARowByALaterRecordOfItsKey(String rowChanges) {
    // Given
    Pipeline pipeline = upserts(rowChanges);
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 1, 1), visit("b", "oslo", 1, 1)));

    // When
    List<MergeCounts> counts =
        commit(
            pipeline,
            land(
                pipeline,
                "2",
                visit("a", "oslo", 2, 2),
                visit("c", "oslo", 1, 1),
                visit("b", "oslo", 1, 1)));

    // Then
    assertThat(counts).containsExactly(new MergeCounts(1, 1, 0, 1, 0, 0));
    assertThat(rows(pipeline))
        .containsExactlyInAnyOrder(
            visit("a", "oslo", 2, 2), visit("b", "oslo", 1, 1), visit("c", "oslo", 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy_on_write", "deletion_vectors"})
  void supersedesARecordThatIsOlderThanItsRow(String rowChanges) {
    // Given
    Pipeline pipeline = upserts(rowChanges);
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 3, 3)));

    // Then
    assertThat(commit(pipeline, land(pipeline, "2", visit("a", "oslo", 2, 2))))
        .containsExactly(new MergeCounts(0, 0, 0, 0, 1, 0));
    assertThat(rows(pipeline)).containsExactly(visit("a", "oslo", 3, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy_on_write", "deletion_vectors"})
  void writesAgainWhatAnAttemptLeftThatDied(String rowChanges) {
    // Given
    Pipeline pipeline = upserts(rowChanges);
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 1, 1), visit("b", "oslo", 1, 1)));
    LandedBatch second = land(pipeline, "2", visit("a", "oslo", 2, 2));
    IcebergTable dying = lake.table(pipeline);
    dying.stage(dying.head(), List.of(second));

    // Then
    assertThat(commit(pipeline, second)).containsExactly(new MergeCounts(0, 1, 0, 0, 0, 0));
    assertThat(rows(pipeline))
        .containsExactlyInAnyOrder(visit("a", "oslo", 2, 2), visit("b", "oslo", 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy_on_write", "deletion_vectors"})
  void movesARowWhosePartitionChanges(String rowChanges) {
    // Given
    Pipeline pipeline = upserts(rowChanges);
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 1, 1), visit("b", "oslo", 1, 1)));

    // Then
    assertThat(commit(pipeline, land(pipeline, "2", visit("a", "rome", 1, 1))))
        .containsExactly(new MergeCounts(0, 1, 0, 0, 0, 0));
    assertThat(rows(pipeline))
        .containsExactlyInAnyOrder(visit("a", "rome", 1, 1), visit("b", "oslo", 1, 1));
  }

  @Test
  void letsAKeyStandInEachPartitionWhereThatIsDeclared() {
    // Given
    Pipeline pipeline = Visits.declare(lake, "merge: upsert\nunique: partition\n", "");
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 1, 1)));

    // Then
    assertThat(
            commit(
                pipeline, land(pipeline, "2", visit("a", "rome", 1, 1), visit("a", "oslo", 1, 2))))
        .containsExactly(new MergeCounts(1, 1, 0, 0, 0, 0));
    assertThat(rows(pipeline))
        .containsExactlyInAnyOrder(visit("a", "oslo", 1, 2), visit("a", "rome", 1, 1));
  }

  @Test
  void ordersARecordWithoutEventTimeBeforeAllOthers() {
    // Given
    Pipeline pipeline = upserts("copy_on_write");
    String timeless = "{\"id\":\"a\",\"place\":\"oslo\",\"at\":null,\"guests\":9}";
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 1, 1)));

    // Then
    assertThat(commit(pipeline, land(pipeline, "2", timeless)))
        .containsExactly(new MergeCounts(0, 0, 0, 0, 1, 0));
    assertThat(rows(pipeline)).containsExactly(visit("a", "oslo", 1, 1));
  }

  @Test
  void leavesFilesWithoutAChangedRowAsTheyAre() throws Exception {
    // Given
    Pipeline pipeline = upserts("copy_on_write");
    commit(pipeline, land(pipeline, "1", visit("a", "oslo", 1, 1), visit("b", "rome", 1, 1)));
    List<String> before = files(pipeline);

    // When
    commit(pipeline, land(pipeline, "2", visit("b", "rome", 1, 2)));

    // Then
    assertThat(files(pipeline)).hasSize(2);
    assertThat(files(pipeline)).filteredOn(before::contains).hasSize(1);
  }

  @Test
  void keepsAtMostOneDeletionVectorForAFile() throws Exception {
    // Given
    Pipeline pipeline = upserts("deletion_vectors");
    commit(
        pipeline,
        land(
            pipeline,
            "1",
            visit("a", "oslo", 1, 1),
            visit("b", "oslo", 1, 1),
            visit("c", "oslo", 1, 1)));

    // When
    commit(pipeline, land(pipeline, "2", visit("a", "oslo", 1, 2)));
    commit(pipeline, land(pipeline, "3", visit("b", "oslo", 1, 2)));

    // Then
    assertThat(marksByFile(pipeline).values()).containsOnly(0, 1).contains(1);
    assertThat(rows(pipeline))
        .containsExactlyInAnyOrder(
            visit("a", "oslo", 1, 2), visit("b", "oslo", 1, 2), visit("c", "oslo", 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "copy_on_write, 1", "copy_on_write, 2", "copy_on_write, 3", "copy_on_write, 4",
    "deletion_vectors, 1", "deletion_vectors, 2", "deletion_vectors, 3", "deletion_vectors, 4"
  })
  void endsInTheRowsOfTheModelInWhateverGroupsAndOrderBatchesCome(String rowChanges, long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 3; run++) {
      // Given
      TestLake world = new TestLake();
      Pipeline pipeline =
          Visits.declare(world, "merge: upsert\n", "row_changes: " + rowChanges + "\n");
      List<LandedBatch> batches = new ArrayList<>();
      Map<String, String> model = model(world, pipeline, random, batches);

      // When
      Collections.shuffle(batches, random);
      long inserted = 0;
      while (!batches.isEmpty()) {
        List<LandedBatch> group = take(batches, 1 + random.nextInt(3));
        for (MergeCounts counts : commit(world.table(pipeline), group)) {
          inserted += counts.inserted();
        }
      }

      // Then
      assertThat(world.rows(pipeline, "audit"))
          .as("seed %d run %d", seed, run)
          .containsExactlyInAnyOrderElementsOf(model.values());
      assertThat(inserted).isEqualTo(model.size());
      assertThat(world.audit(pipeline).findings()).isEmpty();
    }
  }

  /** Lands batches, and gives of each key the line that is to stay. */
  private static Map<String, String> model(
      TestLake world, Pipeline pipeline, Random random, List<LandedBatch> batches) {
    Map<String, String> rows = new HashMap<>();
    Map<String, Version> latest = new HashMap<>();
    for (int file = 0; file < 6; file++) {
      List<String> lines = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      List<Integer> days = new ArrayList<>();
      for (int line = 0; line < 1 + random.nextInt(5); line++) {
        ids.add("k" + random.nextInt(4));
        days.add(1 + random.nextInt(2));
        String place = random.nextBoolean() ? "oslo" : "rome";
        lines.add(visit(ids.getLast(), place, days.getLast(), random.nextInt(2)));
      }
      LandedBatch batch = Visits.land(world, pipeline, "f" + file, lines);
      batches.add(batch);
      for (int line = 0; line < lines.size(); line++) {
        Version version =
            new Version(days.get(line), "", VersionReader.micros(batch), batch.id().value(), line);
        Version before = latest.get(ids.get(line));
        if (before == null || version.isAfter(before)) {
          latest.put(ids.get(line), version);
          rows.put(ids.get(line), lines.get(line));
        }
      }
    }
    return rows;
  }

  private static List<LandedBatch> take(List<LandedBatch> batches, int most) {
    List<LandedBatch> head = batches.subList(0, Math.min(most, batches.size()));
    List<LandedBatch> taken = List.copyOf(head);
    head.clear();
    return taken;
  }

  private Pipeline upserts(String rowChanges) {
    return Visits.declare(lake, "merge: upsert\n", "row_changes: " + rowChanges + "\n");
  }

  private LandedBatch land(Pipeline pipeline, String name, String... lines) {
    return Visits.land(lake, pipeline, name, List.of(lines));
  }

  private List<MergeCounts> commit(Pipeline pipeline, LandedBatch batch) {
    return commit(lake.table(pipeline), List.of(batch));
  }

  static List<MergeCounts> commit(IcebergTable table, List<LandedBatch> batches) {
    StagedMerge merge = table.stage(table.head(), batches);
    assertThat(table.commit(merge)).isInstanceOf(CommitOutcome.Committed.class);
    return batches.stream()
        .map(batch -> Objects.requireNonNull(merge.accounts().get(batch.id())))
        .peek(account -> assertThat(account).matches(BatchAccount::isConserved))
        .map(BatchAccount::merged)
        .toList();
  }

  private List<String> rows(Pipeline pipeline) {
    assertThat(lake.audit(pipeline).findings()).isEmpty();
    return lake.rows(pipeline, "audit");
  }

  private List<String> files(Pipeline pipeline) throws Exception {
    return List.copyOf(marksByFile(pipeline).keySet());
  }

  private Map<String, Integer> marksByFile(Pipeline pipeline) throws Exception {
    Map<String, Integer> marks = new HashMap<>();
    try (CloseableIterable<FileScanTask> tasks =
        lake.foreign(pipeline).newScan().useRef("audit").planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        marks.put(file.location(), task.deletes().size());
      }
    }
    return marks;
  }
}
