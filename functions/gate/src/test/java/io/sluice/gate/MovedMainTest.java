package io.sluice.gate;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.verdict.Gated;
import io.sluice.iceberg.audit.Finding;
import io.sluice.testkit.crash.Crashes;
import io.sluice.testkit.crash.Crashes.Moment;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody else writes to main. */
class MovedMainTest {
  @Test
  void rebuildsAuditOnWhatAnEngineDeleted() {
    // Given
    GateLake lake = withADeletedOrder();

    // When
    Gated gated = lake.gate(lake.snapshot(2));
    lake.settle();
    lake.gate(lake.snapshot(1));
    lake.settle();

    // Then
    assertThat(gated).isInstanceOf(Gated.Rebased.class);
    assertThatTheOthersArePublished(lake);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void endsTheSameAfterACrashBetweenAnyTwoSteps(Moment moment) {
    // Given
    GateLake undisturbed = withADeletedOrder();
    Crashes counted = new Crashes(-1, moment);
    undisturbed.gating(counted).gate(undisturbed.snapshot(2));

    for (int call = 0; call < counted.calls().size(); call++) {
      // When
      GateLake lake = withADeletedOrder();
      Gating dying = lake.gating(new Crashes(call, moment));
      assertThatThrownBy(() -> dying.gate(lake.snapshot(2))).isInstanceOf(Failure.class);
      lake.gate(lake.snapshot(2));
      lake.settle();

      // Then
      assertThatTheOthersArePublished(lake);
    }
  }

  @Test
  void publishesNothingWhileMainIsSetBack() {
    // Given
    GateLake lake = new GateLake();
    lake.gate(lake.addOrder());
    lake.gate(lake.addOrder());
    Table foreign = lake.lake().foreign(lake.pipeline());
    foreign.manageSnapshots().replaceBranch("main", lake.snapshot(0).value()).commit();
    lake.addOrder();

    // Then
    assertThat(lake.gate(lake.snapshot(2))).isInstanceOf(Gated.Blocked.class);
    assertThat(lake.gating().resume(lake.resumption())).isInstanceOf(Gated.Blocked.class);
    assertThat(lake.main()).containsExactly(order("0", 1));

    // When
    foreign.refresh();
    foreign.manageSnapshots().fastForwardBranch("main", "audited-" + lake.snapshot(1)).commit();

    // Then
    assertThat(lake.gate(lake.snapshot(2))).isInstanceOf(Gated.Published.class);
    assertThat(lake.main()).hasSize(3);
  }

  @Test
  void comesAgainWhereMainIsMovedOnceMoreWhileAuditIsMoved() {
    // Given
    GateLake lake = new GateLake();
    lake.gate(lake.addOrder());
    lake.addOrder();
    Table foreign = lake.lake().foreign(lake.pipeline());
    foreign.newAppend().set("engine", "another").commit();
    lake.lake()
        .catalog()
        .beforeNextCommit(
            () -> foreign.manageSnapshots().setCurrentSnapshot(lake.snapshot(0).value()).commit());

    // Then
    assertThatThrownBy(() -> lake.gate(lake.snapshot(1)))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("main was moved again");
    assertThat(lake.gate(lake.snapshot(1))).isInstanceOf(Gated.Published.class);
    assertThat(lake.main()).hasSize(2);
  }

  @Test
  void goesOnAfterSomebodyMovedMainToWhatNobodyJudged() {
    // Given
    GateLake lake = new GateLake();
    lake.gate(lake.addOrder());
    lake.addOrder();
    lake.lake()
        .foreign(lake.pipeline())
        .manageSnapshots()
        .fastForwardBranch("main", "audit")
        .commit();
    lake.addOrder();

    // Then
    assertThat(lake.gate(lake.snapshot(1))).isInstanceOf(Gated.Published.class);
    assertThat(lake.gate(lake.snapshot(2))).isInstanceOf(Gated.Published.class);
    assertThat(lake.published().drain())
        .extracting(SnapshotPublished::snapshot)
        .contains(lake.snapshot(0), lake.snapshot(2));
    assertThat(lake.main()).hasSize(3);
  }

  private static void assertThatTheOthersArePublished(GateLake lake) {
    assertThat(lake.main()).containsExactlyInAnyOrder(order("1", 1), order("2", 1));
    assertThat(lake.lake().audit(lake.pipeline()).findings())
        .extracting(Finding::code)
        .containsOnly("stranger-snapshot", "rows-of-batch");
  }

  /** One published order, deleted by an engine, and two that wait for their gates. */
  private static GateLake withADeletedOrder() {
    GateLake lake = new GateLake();
    lake.gate(lake.addOrder());
    lake.addOrder();
    lake.addOrder();
    Table foreign = lake.lake().foreign(lake.pipeline());
    foreign.newDelete().deleteFromRowFilter(Expressions.equal("id", "0")).commit();
    assertThat(lake.main()).isEmpty();
    return lake;
  }
}
