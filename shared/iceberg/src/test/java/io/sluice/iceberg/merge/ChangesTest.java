package io.sluice.iceberg.merge;

import static io.sluice.iceberg.merge.Visits.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.schema.TableShape;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = declare(lake, "hard", "copy_on_write");

  @Test
  void insertsUpdatesAndDeletes() {
    assertThat(commit(land("1", put("c", 1, "a", 1), put("r", 2, "b", 1))))
        .containsExactly(new MergeCounts(2, 0, 0, 0, 0, 0));
    assertThat(commit(land("2", put("u", 3, "a", 2), delete(4, "b"))))
        .containsExactly(new MergeCounts(0, 1, 1, 0, 0, 0));
    assertThat(rows()).containsExactly(visit("a", "oslo", 1, 2));
  }

  @Test
  void doesNotBringBackWhatWasDeletedBeforeItWasInserted() {
    assertThat(commit(land("1", delete(4, "a"))))
        .containsExactly(new MergeCounts(0, 0, 0, 1, 0, 0));
    assertThat(commit(land("2", put("c", 3, "a", 1), put("c", 1, "b", 1))))
        .containsExactly(new MergeCounts(1, 0, 0, 0, 1, 0));
    assertThat(rows()).containsExactly(visit("b", "oslo", 1, 1));
  }

  @Test
  void insertsAgainWhatIsInsertedAfterItsDeletion() {
    commit(land("1", put("c", 1, "a", 1)));
    commit(land("2", delete(2, "a")));
    assertThat(commit(land("3", put("c", 3, "a", 1))))
        .containsExactly(new MergeCounts(1, 0, 0, 0, 0, 0));
    assertThat(rows()).containsExactly(visit("a", "oslo", 1, 1));
  }

  @Test
  void remembersDeletionsOverManyCommits() {
    // Given
    for (int key = 0; key < 20; key++) {
      commit(land("d" + key, delete(100 + key, "k" + key)));
    }

    // Then
    assertThat(lake.foreign(pipeline).snapshot("audit").summary().get("sluice.tombstones"))
        .asString()
        .satisfies(files -> assertThat(files.split(",", -1)).hasSizeLessThanOrEqualTo(16));
    assertThat(commit(land("late", put("c", 99, "k0", 1), put("c", 99, "k19", 1))))
        .containsExactly(new MergeCounts(0, 0, 0, 0, 2, 0));
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hard", "soft"})
  void truncatesWhatIsOlderAndNothingElse(String deletes) {
    // Given
    TestLake world = new TestLake();
    Pipeline truncated = declare(world, deletes, "copy_on_write");
    commit(world, truncated, land(world, truncated, "1", put("c", 1, "a", 1), put("c", 9, "b", 1)));
    commit(world, truncated, land(world, truncated, "2", put("c", 2, "c", 1)));

    // When
    List<MergeCounts> counts =
        commit(world, truncated, land(world, truncated, "3", truncate(5), put("u", 4, "a", 2)));

    // Then
    assertThat(counts).containsExactly(new MergeCounts(0, 0, 1, 0, 1, 0));
    commit(world, truncated, land(world, truncated, "4", put("c", 3, "d", 1)));
    assertThat(world.audit(truncated).findings()).isEmpty();
    assertThat(world.rows(truncated, "audit")).containsExactly(visit("b", "oslo", 1, 1));
  }

  @Test
  void keepsADeletedRowWithItsTimeWhereThatIsDeclared() throws Exception {
    // Given
    TestLake world = new TestLake();
    Pipeline soft = declare(world, "soft", "copy_on_write");
    commit(world, soft, land(world, soft, "1", put("c", 1, "a", 7), put("c", 2, "b", 1)));

    // When
    LandedBatch deletion = land(world, soft, "2", delete(3, "a"));
    commit(world, soft, deletion);

    // Then
    assertThat(world.rows(soft, "audit")).containsExactly(visit("b", "oslo", 1, 1));
    assertThat(world.audit(soft).findings()).isEmpty();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(world.foreign(soft))
            .useSnapshot(world.foreign(soft).snapshot("audit").snapshotId())
            .build()) {
      assertThat(rows)
          .filteredOn(row -> "a".equals(row.getField("id")))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.getField("guests")).isEqualTo(7);
                assertThat(row.getField(TableShape.DELETED_AT))
                    .isEqualTo(deletion.manifest().sourceModified().atOffset(ZoneOffset.UTC));
              });
    }
  }

  @Test
  void refusesRecordsThatAreNoChanges() {
    // Given
    LandedBatch plain = Visits.land(lake, pipeline, "1", List.of(visit("a", "oslo", 1, 1)));

    // Then
    assertThatThrownBy(() -> commit(plain))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("merge: cdc takes nothing but changes");
  }

  @ParameterizedTest
  @CsvSource({
    "hard, copy_on_write, 1",
    "hard, copy_on_write, 2",
    "hard, copy_on_write, 3",
    "hard, deletion_vectors, 4",
    "hard, deletion_vectors, 5",
    "soft, copy_on_write, 6",
    "soft, copy_on_write, 7",
    "soft, deletion_vectors, 8"
  })
  void endsInTheRowsOfTheSourceInWhateverGroupsAndOrderChangesCome(
      String deletes, String rowChanges, long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 3; run++) {
      // Given
      TestLake world = new TestLake();
      Pipeline changed = declare(world, deletes, rowChanges);
      Map<String, String> model = new TreeMap<>();
      List<LandedBatch> batches = source(world, changed, random, model);

      // When
      Collections.shuffle(batches, random);
      while (!batches.isEmpty()) {
        int most = Math.min(batches.size(), 1 + random.nextInt(3));
        List<LandedBatch> group = List.copyOf(batches.subList(0, most));
        batches.removeAll(group);
        ReplacingMergeTest.commit(world.table(changed), group);
      }

      // Then
      assertThat(world.rows(changed, "audit"))
          .as("seed %d run %d", seed, run)
          .containsExactlyInAnyOrderElementsOf(model.values());
      assertThat(world.audit(changed).findings()).isEmpty();
    }
  }

  /** Changes of a source table, some told twice; {@code model} becomes that table. */
  static List<LandedBatch> source(
      TestLake world, Pipeline pipeline, Random random, Map<String, String> model) {
    List<String> told = new ArrayList<>();
    List<LandedBatch> batches = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int position = 1; position <= 24; position++) {
      String id = "k" + random.nextInt(4);
      int choice = random.nextInt(20);
      if (choice == 0) {
        model.clear();
        lines.add(truncate(position));
      } else if (choice < 7) {
        model.remove(id);
        lines.add(delete(position, id));
      } else {
        int guests = random.nextInt(3);
        String place = random.nextBoolean() ? "oslo" : "rome";
        String op = model.put(id, visit(id, place, 1, guests)) == null ? "c" : "u";
        lines.add(change(op, position, visit(id, place, 1, guests)));
      }
      told.add(lines.getLast());
      if (random.nextInt(6) == 0) {
        lines.add(told.get(random.nextInt(told.size())));
      }
      if (random.nextInt(4) == 0 || position == 24) {
        batches.add(land(world, pipeline, "f" + position, lines.toArray(String[]::new)));
        lines.clear();
      }
    }
    return batches;
  }

  static Pipeline declare(TestLake lake, String deletes, String rowChanges) {
    return Visits.declare(
        lake, "merge: cdc\ndeletes: " + deletes + "\n", "row_changes: " + rowChanges + "\n");
  }

  private static String put(String op, int position, String id, int guests) {
    return change(op, position, visit(id, "oslo", 1, guests));
  }

  private static String change(String op, int position, String row) {
    return row.replace("{", columns(op, position) + ",");
  }

  static String delete(int position, String id) {
    return columns("d", position) + ",\"id\":\"" + id + "\"}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"hard", "soft"})
  void takesRecordsOnceThePipelineIsDeclaredToTakeChangesNoMore(String deletes) {
    // Given
    TestLake world = new TestLake();
    Pipeline changes = declare(world, deletes, "copy_on_write");
    commit(world, changes, land(world, changes, "1", put("c", 1, "a", 1), put("c", 2, "b", 1)));
    commit(world, changes, land(world, changes, "2", delete(3, "b")));
    Pipeline upserts = Visits.declare(world, "merge: upsert\n", "");

    // Then
    LandedBatch timeless =
        Visits.land(world, upserts, "3", List.of("{\"id\":\"b\",\"place\":\"oslo\"}"));
    assertThat(commit(world, upserts, timeless)).containsExactly(new MergeCounts(0, 0, 0, 0, 1, 0));
    LandedBatch records =
        Visits.land(
            world, upserts, "4", List.of(visit("a", "oslo", 1, 5), visit("b", "oslo", 1, 6)));
    assertThat(commit(world, upserts, records)).containsExactly(new MergeCounts(1, 1, 0, 0, 0, 0));
    assertThat(world.rows(upserts, "audit"))
        .containsExactlyInAnyOrder(visit("a", "oslo", 1, 5), visit("b", "oslo", 1, 6));
    assertThat(world.audit(upserts).findings()).isEmpty();
  }

  private static String truncate(int position) {
    return columns("t", position) + "}";
  }

  private static String columns(String op, int position) {
    return String.format(Locale.ROOT, "{\"_op\":\"%s\",\"_position\":\"lsn:%06d\"", op, position);
  }

  private LandedBatch land(String name, String... changes) {
    return land(lake, pipeline, name, changes);
  }

  private static LandedBatch land(
      TestLake lake, Pipeline pipeline, String name, String... changes) {
    return lake.landChanges(pipeline, name, changes);
  }

  private List<MergeCounts> commit(LandedBatch batch) {
    return commit(lake, pipeline, batch);
  }

  private static List<MergeCounts> commit(TestLake lake, Pipeline pipeline, LandedBatch batch) {
    return ReplacingMergeTest.commit(lake.table(pipeline), List.of(batch));
  }

  private List<String> rows() {
    assertThat(lake.audit(pipeline).findings()).isEmpty();
    return lake.rows(pipeline, "audit");
  }
}
