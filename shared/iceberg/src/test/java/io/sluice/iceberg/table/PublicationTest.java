package io.sluice.iceberg.table;

import static io.sluice.iceberg.lake.Orders.order;
import static io.sluice.iceberg.table.CommitTest.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.AuditedTable.Standing;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);
  private final List<LandedBatch> batches = new ArrayList<>();
  private final List<SnapshotId> snapshots = new ArrayList<>();

  @Test
  void publishesTheSnapshotAndNothingThatCameAfterIt() {
    // Given
    commitBatches(3);

    // When
    table.publish(snapshots.get(1));

    // Then
    assertThat(lake.rows(pipeline, "main")).containsExactlyInAnyOrder(order("0", 0), order("1", 1));
    assertThat(table.standing(snapshots.get(0))).isEqualTo(Standing.PUBLISHED);
    assertThat(table.standing(snapshots.get(1))).isEqualTo(Standing.PUBLISHED);
    assertThat(table.standing(snapshots.get(2))).isEqualTo(Standing.AUDITED);
    assertThat(
            Objects.requireNonNull(lake.foreign(pipeline).refs().get("audited-" + snapshots.get(1)))
                .snapshotId())
        .isEqualTo(snapshots.get(1).value());
  }

  @Test
  void publishesTheSnapshotThatWasJudgedWhenAuditMovesMeanwhile() {
    // Given
    commitBatches(1);
    lake.catalog().beforeNextCommit(() -> commitBatches(1));

    // When
    table.publish(snapshots.getFirst());

    // Then
    assertThat(snapshots).hasSize(2);
    assertThat(lake.rows(pipeline, "main")).containsExactly(order("0", 0));
  }

  @Test
  void changesNothingWhenItPublishesAgain() {
    // Given
    commitBatches(2);
    table.publish(snapshots.get(1));
    String before = metadata();

    // When
    table.publish(snapshots.get(1));
    table.publish(snapshots.get(0));

    // Then
    assertThat(metadata()).isEqualTo(before);
  }

  @Test
  void publishesAgainAfterAnUnknownOutcome() {
    // Given
    commitBatches(1);
    lake.catalog()
        .afterNextCommit(
            () -> {
              throw new CommitStateUnknownException(new RuntimeException("the answer was lost"));
            });

    // When
    assertThatThrownBy(() -> table.publish(snapshots.getFirst()))
        .isInstanceOf(UnknownOutcome.class);
    String before = metadata();
    table.publish(snapshots.getFirst());

    // Then
    assertThat(metadata()).isEqualTo(before);
    assertThat(table.standing(snapshots.getFirst())).isEqualTo(Standing.PUBLISHED);
  }

  @Test
  void refusesToPublishWhereSomebodyElseMovedMain() {
    // Given
    commitBatches(1);
    lake.foreign(pipeline).newAppend().commit();

    // Then
    assertThatThrownBy(() -> table.publish(snapshots.getFirst()))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("main was moved by somebody else");
  }

  @Test
  void doesNotFollowATagThatSomebodyElsePutOnAnotherSnapshot() {
    // Given
    commitBatches(2);
    lake.foreign(pipeline)
        .manageSnapshots()
        .createTag("audited-" + snapshots.get(0), snapshots.get(1).value())
        .commit();

    // Then
    assertThatThrownBy(() -> table.publish(snapshots.get(0)))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("somebody else put its tag on snapshot " + snapshots.get(1));
    assertThat(lake.rows(pipeline, "main")).isEmpty();
  }

  @Test
  void listsWhatMainLacksOldestFirst() {
    // Given
    commitBatches(4);
    table.publish(snapshots.get(0));

    // Then
    assertThat(table.awaiting(snapshots.get(2)))
        .extracting(AuditSnapshot::id)
        .containsExactly(snapshots.get(1), snapshots.get(2));
    assertThat(table.published(10)).extracting(AuditSnapshot::id).containsExactly(snapshots.get(0));
  }

  @Test
  void withdrawsOneSnapshotAndPutsTheBatchesAfterItUpForReplay() {
    // Given
    commitBatches(5);
    table.publish(snapshots.get(1));

    // When
    List<BatchLanded> replays = withdraw(snapshots.get(2));

    // Then
    assertThat(replays).containsExactlyInAnyOrder(announcement(3), announcement(4));
    assertThat(table.standing(snapshots.get(2))).isEqualTo(Standing.QUARANTINED);
    assertThat(table.standing(snapshots.get(3))).isEqualTo(Standing.WITHDRAWN);
    assertThat(table.head().isWithheld(batches.get(2).id())).isTrue();
    assertThat(table.head().isWithheld(batches.get(3).id())).isFalse();
    assertThat(table.head().commitOf(batches.get(1).id())).hasValue(snapshots.get(1));
    assertThat(table.head().commitOf(batches.get(3).id())).isEmpty();
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(order("0", 0), order("1", 1));
  }

  @Test
  void knowsFromEachSnapshotThatLeftAuditWhatIsStillToBeReplayed() {
    // Given
    commitBatches(4);
    table.withdraw(snapshots.get(1));
    commit(table, batches.get(2));

    // Then
    assertThat(table.replays(snapshots.get(1))).containsExactly(announcement(3));
    assertThat(table.replays(snapshots.get(2))).containsExactly(announcement(3));
    assertThat(table.replays(snapshots.get(3))).containsExactly(announcement(3));
    assertThat(table.replays(snapshots.get(0))).isEmpty();
  }

  @Test
  void withdrawsInOneCommit() {
    // Given
    commitBatches(2);
    List<String> commits = new ArrayList<>();
    lake.catalog().afterNextCommit(() -> commits.add("first"));
    lake.catalog().afterNextCommit(() -> commits.add("second"));

    // When
    table.withdraw(snapshots.get(0));

    // Then
    assertThat(commits).containsExactly("first");
  }

  @Test
  void changesNothingWhenItWithdrawsAgain() {
    // Given
    commitBatches(3);
    List<BatchLanded> replays = withdraw(snapshots.get(1));
    String before = metadata();

    // Then
    assertThat(withdraw(snapshots.get(1))).isEqualTo(replays);
    assertThat(metadata()).isEqualTo(before);
  }

  @Test
  void withdrawsTheFirstSnapshotAndStartsAnew() {
    // Given
    commitBatches(2);

    // When
    List<BatchLanded> replays = withdraw(snapshots.get(0));

    // Then
    assertThat(replays).containsExactly(announcement(1));
    assertThat(lake.rows(pipeline, "audit")).isEmpty();
    SnapshotId again = commit(table, batches.get(1));
    table.publish(again);
    assertThat(lake.rows(pipeline, "main")).containsExactly(order("1", 1));
  }

  @Test
  void withdrawsWhatIsCommittedWhileItWithdraws() {
    // Given
    commitBatches(2);
    lake.catalog().beforeNextCommit(() -> commitBatches(1));

    // When
    List<BatchLanded> replays = withdraw(snapshots.get(0));

    // Then
    assertThat(snapshots).hasSize(3);
    assertThat(replays).containsExactlyInAnyOrder(announcement(1), announcement(2));
  }

  @Test
  void withdrawsWhatIsCommittedBetweenItsLookAndItsCommit() {
    // Given
    commitBatches(2);
    lake.catalog().afterNextRefresh(() -> commitBatches(1));

    // When
    List<BatchLanded> replays = withdraw(snapshots.get(0));

    // Then
    assertThat(snapshots).hasSize(3);
    assertThat(replays).containsExactlyInAnyOrder(announcement(1), announcement(2));
  }

  @Test
  void knowsNothingOfASnapshotThatWasNeverThere() {
    // Given
    commitBatches(1);
    String before = metadata();

    // Then
    assertThat(table.standing(new SnapshotId(1))).isEqualTo(Standing.WITHDRAWN);
    assertThat(withdraw(new SnapshotId(1))).isEmpty();
    assertThat(metadata()).isEqualTo(before);
  }

  /** Commits that many further batches, each as a snapshot, through another instance. */
  private void commitBatches(int count) {
    IcebergTable other = lake.table(pipeline);
    for (int i = 0; i < count; i++) {
      int number = batches.size();
      batches.add(lake.land(pipeline, "" + number, order("" + number, number)));
      snapshots.add(commit(other, batches.getLast()));
    }
  }

  private List<BatchLanded> withdraw(SnapshotId snapshot) {
    table.withdraw(snapshot);
    return table.replays(snapshot);
  }

  private BatchLanded announcement(int number) {
    return batches.get(number).manifest().announcement(batches.get(number).manifestName());
  }

  /** Where the table's metadata is, which every commit changes. */
  private String metadata() {
    Table foreign = lake.foreign(pipeline);
    return ((BaseTable) foreign).operations().current().metadataFileLocation();
  }
}
