package io.sluice.iceberg.table;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

class CommitTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);
  private final LandedBatch first = lake.land(pipeline, "1", order("a", 1), order("b", 2));
  private final LandedBatch second = lake.land(pipeline, "2", order("c", 3));

  @Test
  void commitsToAuditAndLeavesMainAlone() {
    // When
    SnapshotId snapshot = commit(table, first);

    // Then
    assertThat(table.head().commitOf(first.id())).hasValue(snapshot);
    assertThat(table.head().commitOf(second.id())).isEmpty();
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(order("a", 1), order("b", 2));
    assertThat(lake.rows(pipeline, "main")).isEmpty();
  }

  @Test
  void commitsNothingOnAHeadThatWasNotSeen() {
    // Given
    StagedMerge stale = table.stage(table.head(), List.of(first));
    SnapshotId other = commit(lake.table(pipeline), second);

    // When
    CommitOutcome outcome = table.commit(stale);

    // Then
    assertThat(outcome).isEqualTo(new CommitOutcome.HeadMoved());
    assertThat(table.head().commitOf(second.id())).hasValue(other);
    assertThat(table.head().commitOf(first.id())).isEmpty();
  }

  @Test
  void commitsNothingWhenTheHeadMovesWhileItCommits() {
    // Given
    commit(table, lake.land(pipeline, "0", order("z", 0)));
    StagedMerge merge = table.stage(table.head(), List.of(first));
    lake.catalog().beforeNextCommit(() -> commit(lake.table(pipeline), second));

    // When
    CommitOutcome outcome = table.commit(merge);

    // Then
    assertThat(outcome).isEqualTo(new CommitOutcome.HeadMoved());
    assertThat(table.head().commitOf(first.id())).isEmpty();
  }

  @Test
  void commitsNothingOfABatchThatAGateWithheldMeanwhile() {
    // Given
    commit(table, second);
    StagedMerge stale = table.stage(table.head(), List.of(first));
    IcebergTable other = lake.table(pipeline);
    other.withdraw(commit(other, first));

    // When
    CommitOutcome outcome = table.commit(stale);

    // Then
    assertThat(outcome).isEqualTo(new CommitOutcome.HeadMoved());
    assertThat(table.head().isWithheld(first.id())).isTrue();
    assertThat(table.head().commitOf(first.id())).isEmpty();
  }

  @Test
  void commitsDespiteAChangeThatDidNotMoveTheHead() {
    // Given
    StagedMerge merge = table.stage(table.head(), List.of(first));
    lake.catalog()
        .beforeNextCommit(
            () -> lake.foreign(pipeline).updateProperties().set("comment", "orders").commit());

    // Then
    assertThat(table.commit(merge)).isInstanceOf(CommitOutcome.Committed.class);
  }

  @Test
  void commitsNothingOnAnEmptyTableThatIsEmptyNoMore() {
    // Given
    StagedMerge merge = table.stage(table.head(), List.of(first));
    Table foreign = lake.foreign(pipeline);
    foreign.newAppend().commit();

    // Then
    assertThat(table.commit(merge)).isEqualTo(new CommitOutcome.HeadMoved());
  }

  @Test
  void findsACommitBehindACompactionAndAForeignAppend() throws Exception {
    // Given
    SnapshotId snapshot = commit(table, first);
    Table foreign = lake.foreign(pipeline);
    compact(foreign);
    foreign.newAppend().toBranch("audit").commit();

    // Then
    assertThat(Objects.requireNonNull(lake.foreign(pipeline).refs().get("audit")).snapshotId())
        .isNotEqualTo(snapshot.value());
    assertThat(table.head().commitOf(first.id())).hasValue(snapshot);
  }

  @Test
  void saysThatItIsUnknownWhetherATableWasMade() {
    // Given
    TestLake fresh = new TestLake();
    Pipeline orders = Orders.declare(fresh);
    fresh
        .catalog()
        .afterNextCommit(
            () -> {
              throw new CommitStateUnknownException(new RuntimeException("the answer was lost"));
            });

    // Then
    assertThatThrownBy(() -> fresh.table(orders))
        .isInstanceOf(UnknownOutcome.class)
        .hasMessage("Cannot tell whether table curated.orders was made");
    assertThat(fresh.table(orders).head().commitOf(first.id())).isEmpty();
  }

  @Test
  void saysThatAnOutcomeIsUnknownAndDeletesNothing() {
    // Given
    StagedMerge merge = table.stage(table.head(), List.of(first));
    lake.catalog()
        .afterNextCommit(
            () -> {
              throw new CommitStateUnknownException(new RuntimeException("the answer was lost"));
            });

    // When
    assertThatThrownBy(() -> table.commit(merge))
        .isInstanceOf(UnknownOutcome.class)
        .hasMessage("Cannot tell whether memory.curated.orders was committed");

    // Then
    assertThat(table.head().commitOf(first.id())).isPresent();
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(order("a", 1), order("b", 2));
  }

  @Test
  void keepsTheDataFilesOfACommitThatMayStillBeDone() {
    // Given
    StagedMerge merge = table.stage(table.head(), List.of(first));
    List<ObjectName> staged = objects();
    lake.catalog()
        .beforeNextCommit(
            () -> {
              throw new CommitStateUnknownException(new RuntimeException("the answer was lost"));
            });

    // When
    assertThatThrownBy(() -> table.commit(merge)).isInstanceOf(UnknownOutcome.class);

    // Then
    assertThat(objects()).containsAll(staged);
  }

  @Test
  void stagesTheSameFilesAgainWhenTheFirstAttemptDied() {
    // Given
    table.stage(table.head(), List.of(first, second));
    List<ObjectName> staged = objects();

    // When
    StagedMerge again = lake.table(pipeline).stage(table.head(), List.of(second, first));

    // Then
    assertThat(objects()).isEqualTo(staged);
    assertThat(table.commit(again)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void givesUpWhenEveryRaceIsLost() {
    // Given
    StagedMerge merge = table.stage(table.head(), List.of(first));
    for (int race = 0; race < 10; race++) {
      lake.catalog()
          .beforeNextCommit(
              () -> {
                throw new CommitFailedException("lost");
              });
    }

    // Then
    assertThatThrownBy(() -> table.commit(merge))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Cannot commit to memory.curated.orders: lost 10 races in a row");
  }

  @Test
  void commitsABatchWithoutAcceptedRecords() {
    // Given
    LandedBatch rejected = lake.land(pipeline, "3", "{}", "nonsense");

    // When
    lake.quarantine(pipeline).keep(List.of(rejected));
    SnapshotId snapshot = commit(table, rejected);

    // Then
    assertThat(table.head().commitOf(rejected.id())).hasValue(snapshot);
    assertThat(lake.rows(pipeline, "audit")).isEmpty();
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  static SnapshotId commit(IcebergTable table, LandedBatch... batches) {
    CommitOutcome outcome = table.commit(table.stage(table.head(), List.of(batches)));
    return ((CommitOutcome.Committed) outcome).snapshot();
  }

  /** Replaces the files of audit, as a compaction does. */
  static void compact(Table foreign) throws Exception {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = foreign.newScan().useRef("audit").planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    DataFile old = files.getFirst();
    DataFile compacted =
        DataFiles.builder(foreign.spec()).copy(old).withPath(old.location() + ".compacted").build();
    foreign.newRewrite().toBranch("audit").deleteFile(old).addFile(compacted).commit();
  }

  private List<ObjectName> objects() {
    List<ObjectName> names = new ArrayList<>();
    lake.store().list("lake", "warehouse/curated/orders/data", o -> names.add(o.source().name()));
    return names;
  }
}
