package io.sluice.iceberg.table;

import static io.sluice.iceberg.lake.Orders.order;
import static io.sluice.iceberg.table.CommitTest.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.AuditedTable.Standing;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

/** What becomes of audit where somebody else moves main, forward or back. */
class SetBackTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);
  private final Table foreign = lake.foreign(pipeline);
  private final List<LandedBatch> batches = new ArrayList<>();

  private SnapshotId commitBatch() {
    int number = batches.size();
    batches.add(lake.land(pipeline, "" + number, order("" + number, number)));
    return commit(lake.table(pipeline), batches.getLast());
  }

  private void setMain(long snapshot) {
    foreign.refresh();
    foreign.manageSnapshots().setCurrentSnapshot(snapshot).commit();
  }

  @Test
  void isNotUndoneByAPublicationThatLookedBefore() {
    // Given
    SnapshotId first = commitBatch();
    table.publish(first);
    table.publish(commitBatch());
    SnapshotId last = commitBatch();
    lake.catalog().afterNextRefresh(() -> setMain(first.value()));

    // Then
    assertThatThrownBy(() -> table.publish(last))
        .isInstanceOf(TransientFailure.class)
        .hasMessageEndingWith("main was set back by somebody else");
    assertThat(lake.rows(pipeline, "main")).containsExactly(order("0", 0));
    assertThat(table.standing(last)).isEqualTo(Standing.REVERTED);
  }

  @Test
  void isNoticedThoughTheTagIsGone() {
    // Given
    SnapshotId first = commitBatch();
    SnapshotId second = commitBatch();
    table.publish(first);
    table.publish(second);

    // When
    setMain(first.value());
    foreign.manageSnapshots().removeTag("audited-" + second).commit();

    // Then
    assertThat(table.standing(second)).isEqualTo(Standing.REVERTED);
  }

  @Test
  void takesWhatItsAuthorUndidOffAudit() {
    // Given
    SnapshotId first = commitBatch();
    table.publish(first);
    foreign.refresh();
    foreign.newAppend().set("engine", "another").commit();
    table.rebase();
    SnapshotId onTop = commitBatch();

    // When
    setMain(first.value());

    // Then
    assertThat(table.standing(onTop)).isEqualTo(Standing.STRANDED);

    // When
    table.rebase();

    // Then
    assertThat(table.replays(onTop))
        .extracting(BatchLanded::batch)
        .containsExactly(batches.getLast().id());
    SnapshotId again = commit(lake.table(pipeline), batches.getLast());
    assertThat(table.standing(again)).isEqualTo(Standing.AUDITED);
    assertThat(table.awaiting(again)).extracting(AuditSnapshot::id).containsExactly(again);
  }

  @Test
  void leavesNothingThatWasPublishedToBeJudgedAgain() {
    // Given
    table.publish(commitBatch());
    table.publish(commitBatch());
    SnapshotId last = commitBatch();

    // When
    foreign.refresh();
    foreign.newAppend().set("engine", "another").commit();

    // Then
    assertThat(table.awaiting(last)).extracting(AuditSnapshot::id).containsExactly(last);
  }
}
