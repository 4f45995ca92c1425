package io.sluice.iceberg.merge;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

class MergeTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);

  @Test
  void keepsTheFirstOfAKeyWithinABatch() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", 1), order("a", 1), order("a", 2));

    // Then
    assertThat(commit(batch)).containsExactly(counts(1, 1, 1));
    assertThat(rows()).containsExactly(order("a", 1));
  }

  @Test
  void keepsTheFirstOfAKeyAcrossBatches() {
    // Given
    LandedBatch older = lake.land(pipeline, "1", order("a", 1), order("b", 1));
    LandedBatch newer = lake.land(pipeline, "2", order("b", 1), order("a", 2), order("c", 1));

    // Then
    assertThat(commit(older, newer)).containsExactly(counts(2, 0, 0), counts(1, 1, 1));
    assertThat(rows()).containsExactlyInAnyOrder(order("a", 1), order("b", 1), order("c", 1));
  }

  @Test
  void keepsWhatIsInTheTable() {
    // Given
    commit(lake.land(pipeline, "1", order("a", 1), order("b", 1)));
    commit(lake.land(pipeline, "2", order("c", 1)));

    // When
    LandedBatch later =
        lake.land(pipeline, "3", order("c", 1), order("b", 2), order("d", 1), order("a", 1));

    // Then
    assertThat(commit(later)).containsExactly(counts(1, 2, 1));
    assertThat(rows())
        .containsExactlyInAnyOrder(order("a", 1), order("b", 1), order("c", 1), order("d", 1));
  }

  @Test
  void tellsKeysApartByAllTheirFields() {
    // Given
    String other = order("a", 2).replace("eu", "us");

    // Then
    assertThat(commit(lake.land(pipeline, "1", order("a", 1), other)))
        .containsExactly(counts(2, 0, 0));
    assertThat(rows()).containsExactlyInAnyOrder(order("a", 1), other);
  }

  @Test
  void findsAKeyWhoseRowIsInAnotherPartition() {
    // Given
    commit(lake.land(pipeline, "1", order("a", 1)));
    String nextYear = order("a", 1).replace("1767225600000", "1798761600000");

    // Then
    assertThat(commit(lake.land(pipeline, "2", nextYear))).containsExactly(counts(0, 0, 1));
    assertThat(rows()).containsExactly(order("a", 1));
  }

  @Test
  void takesBatchesByTheAgeOfTheirSourcesWhateverOrderTheyComeIn() {
    // Given
    LandedBatch newer =
        lake.land(pipeline, "1", TestLake.START.plus(Duration.ofDays(2)), order("a", 2));
    LandedBatch older =
        lake.land(pipeline, "2", TestLake.START.plus(Duration.ofDays(1)), order("a", 1));

    // Then
    assertThat(commit(newer, older)).containsExactly(counts(0, 0, 1), counts(1, 0, 0));
    assertThat(rows()).containsExactly(order("a", 1));
  }

  @Test
  void namesTheRecordsThatConflictWhereTheyGoToQuarantine() {
    // Given
    Pipeline quarantining = Visits.declare(lake, "on_conflict: quarantine\n", "");
    IcebergTable visits = lake.table(quarantining);
    LandedBatch first =
        Visits.land(lake, quarantining, "1", List.of(Visits.visit("a", "oslo", 1, 1)));
    ReplacingMergeTest.commit(visits, List.of(first));
    LandedBatch second =
        Visits.land(
            lake,
            quarantining,
            "2",
            List.of(
                Visits.visit("b", "oslo", 1, 1),
                Visits.visit("a", "oslo", 1, 1),
                Visits.visit("a", "oslo", 1, 2)));

    // When
    Table there = lake.foreign(quarantining);
    long head = Objects.requireNonNull(there.refs().get("audit")).snapshotId();
    List<String> refused = new ArrayList<>();
    Merge.Result result =
        new Merge(there, quarantining, new KnownKeys())
            .run(
                List.of(second),
                OptionalLong.of(head),
                "test",
                (batch, row, content, kept) -> {
                  assertThat(content).hasSize(32).isNotEqualTo(kept);
                  refused.add(batch.id() + "-" + row.getField("_ordinal"));
                });

    // Then
    assertThat(refused).containsExactly(second.id() + "-2");
    assertThat(Objects.requireNonNull(result.accounts().get(second.id())).merged())
        .isEqualTo(counts(1, 1, 1));
  }

  @Test
  void refusesARawFileThatIsGone() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", 1));
    lake.store().remove(batch.manifest().raw().getFirst().name());

    // Then
    assertThatThrownBy(() -> table.stage(table.head(), List.of(batch)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessage("Raw file does not exist: " + batch.manifest().raw().getFirst().name());
  }

  private List<MergeCounts> commit(LandedBatch... batches) {
    StagedMerge merge = table.stage(table.head(), List.of(batches));
    table.commit(merge);
    return List.of(batches).stream()
        .map(batch -> Objects.requireNonNull(merge.accounts().get(batch.id())).merged())
        .toList();
  }

  private List<String> rows() {
    assertThat(lake.audit(pipeline).findings()).isEmpty();
    return lake.rows(pipeline, "audit");
  }

  private static MergeCounts counts(long inserted, long duplicate, long conflicting) {
    return new MergeCounts(inserted, 0, 0, duplicate, 0, conflicting);
  }
}
