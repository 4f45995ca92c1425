package io.sluice.gate;

import static io.sluice.iceberg.lake.Orders.order;
import static io.sluice.iceberg.lake.Orders.orderWithoutAmount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.gate.Settlement.Way;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.verdict.Gated;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.testkit.crash.Crashes;
import io.sluice.testkit.crash.Crashes.Moment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettlementTest {
  private static final String NO_NULLS =
      "{ name: known, metric: null_rate_amount, threshold: 0.5, action: quarantine }";
  private static final String FEW = "{ name: few, metric: row_count, max: 2, action: quarantine }";
  private static final String STEADY =
      "{ metric: row_count_delta, threshold: 0.4, action: halt_and_alert }";
  private static final int BAD = 1;

  @Test
  void publishesAReleasedBatchWithTheOverride() {
    // Given
    GateLake lake = quarantined(NO_NULLS);

    // When
    Gated settled = lake.gating().settle(release(lake));
    lake.settle();

    // Then
    assertThat(settled).isInstanceOf(Gated.Settled.class);
    assertThatAllIsPublished(lake);
  }

  @Test
  void publishesAReleasedBatchWhoseSnapshotAnEngineExpired() {
    // Given
    GateLake lake = quarantined(NO_NULLS);
    lake.lake()
        .foreign(lake.pipeline())
        .expireSnapshots()
        .expireSnapshotId(lake.snapshot(BAD).value())
        .commit();

    // When
    lake.gating().settle(release(lake));
    lake.settle();

    // Then
    assertThat(lake.main()).hasSize(4);
  }

  @Test
  void neverBringsADiscardedBatchBack() {
    // Given
    GateLake lake = quarantined(NO_NULLS);

    // When
    Gated settled = lake.gating().settle(discard(lake));
    announceAll(lake);
    lake.settle();

    // Then
    assertThat(((Gated.Settled) settled).settlements())
        .containsExactly(
            new Settlement(
                lake.snapshot(BAD), lake.batch(BAD).id(), Way.DISCARD, GateLake.DECISION));
    assertThat(lake.main()).containsExactlyInAnyOrder(order("0", 1), order("2", 1));
    assertThat(lake.table().head().isWithheld(lake.batch(BAD).id())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"RELEASE, DISCARD", "DISCARD, RELEASE"})
  void letsTheFirstDecisionStand(Way first, Way second) {
    // Given
    GateLake lake = quarantined(NO_NULLS);
    lake.gating().settle(lake.settlement(first, lake.snapshot(BAD), BAD));

    // Then
    assertThatThrownBy(() -> lake.gating().settle(lake.settlement(second, lake.snapshot(BAD), BAD)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("ada decided to " + first.word() + " it");
  }

  @Test
  void settlesNothingThatIsNotWithheld() {
    // Given
    GateLake lake = quarantined(NO_NULLS);

    // Then
    assertThatThrownBy(
            () -> lake.gating().settle(lake.settlement(Way.RELEASE, lake.snapshot(BAD), 0)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("it is not withheld");
  }

  @Test
  void changesNothingWhenTheRequestComesAgain() {
    // Given
    GateLake lake = quarantined(NO_NULLS);
    lake.gating().settle(release(lake));
    lake.settle();
    SnapshotId head = lake.lake().reader(lake.pipeline()).resolve("main").orElseThrow();

    // When
    lake.gating().settle(release(lake));
    announceAll(lake);
    lake.settle();
    lake.gate(lake.snapshot(BAD));

    // Then
    assertThat(lake.lake().reader(lake.pipeline()).resolve("main")).hasValue(head);
    assertThatAllIsPublished(lake);
  }

  @Test
  void overridesOnlyTheGatesThatQuarantinedTheBatch() {
    // Given
    GateLake lake = quarantined(NO_NULLS);
    Gating stricter =
        lake.gating(
            new GateLake(NO_NULLS, "{ metric: row_count, max: 1, action: quarantine }")
                .pipeline()
                .gates());

    // When
    lake.gating().settle(release(lake));
    SnapshotId again = lake.curateAgain();

    // Then
    assertThat(stricter.gate(again)).isInstanceOf(Gated.Quarantined.class);
    assertThat(lake.table().head().isWithheld(lake.batch(BAD).id())).isTrue();
    assertThat(lake.table().withheld(again)).containsExactly(lake.batch(BAD).id());
  }

  @Test
  void overridesWhatWasOverriddenBeforeWhenAnotherGateQuarantinesTheBatchAgain() {
    // Given
    GateLake lake = quarantined(NO_NULLS);
    Gating stricter =
        lake.gating(
            new GateLake(NO_NULLS, "{ metric: row_count, max: 1, action: quarantine }")
                .pipeline()
                .gates());
    stricter.settle(release(lake));
    SnapshotId again = lake.curateAgain();
    stricter.gate(again);

    // When
    stricter.settle(lake.settlement(Way.RELEASE, again, BAD));
    SnapshotId third = lake.curateAgain();

    // Then
    assertThat(stricter.gate(third)).isInstanceOf(Gated.Published.class);
  }

  @Test
  void takesNoBaselineFromWhatWasReleased() {
    // Given
    GateLake lake = new GateLake(FEW, STEADY);
    lake.gate(lake.addOrder());
    SnapshotId large = lake.add(order("x", 1), order("y", 1), order("z", 1));
    Gating withoutSteady = lake.gating(lake.pipeline().gates().subList(0, 1));
    withoutSteady.gate(large);
    withoutSteady.settle(lake.settlement(Way.RELEASE, large, 1));
    assertThat(withoutSteady.gate(lake.curateAgain())).isInstanceOf(Gated.Published.class);

    // Then
    assertThat(lake.gate(lake.addOrder())).isInstanceOf(Gated.Published.class);
    assertThat(lake.gate(lake.add(order("l", 1), order("m", 1)))).isInstanceOf(Gated.Halted.class);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void endsTheSameAfterACrashBetweenAnyTwoSteps(Moment moment) {
    // Given
    GateLake undisturbed = quarantined(NO_NULLS);
    Crashes counted = new Crashes(-1, moment);
    undisturbed.gating(counted).settle(release(undisturbed));

    for (int call = 0; call < counted.calls().size(); call++) {
      // When
      GateLake lake = quarantined(NO_NULLS);
      Gating dying = lake.gating(new Crashes(call, moment));
      assertThatThrownBy(() -> dying.settle(release(lake))).isInstanceOf(Failure.class);
      lake.gating().settle(release(lake));
      lake.settle();

      // Then
      assertThatAllIsPublished(lake);
    }
  }

  private static GateRequest.Settle release(GateLake lake) {
    return lake.settlement(Way.RELEASE, lake.snapshot(BAD), BAD);
  }

  private static GateRequest.Settle discard(GateLake lake) {
    return lake.settlement(Way.DISCARD, lake.snapshot(BAD), BAD);
  }

  /** As when every notification of S3 came again. */
  private static void announceAll(GateLake lake) {
    List<BatchLanded> all = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      all.add(lake.batch(number).manifest().announcement(lake.batch(number).manifestName()));
    }
    all.forEach(lake.curate()::announce);
  }

  private static void assertThatAllIsPublished(GateLake lake) {
    assertThat(lake.main())
        .containsExactlyInAnyOrder(
            order("0", 1), orderWithoutAmount("bad"), orderWithoutAmount("b2"), order("2", 1));
    AuditReport report = lake.lake().audit(lake.pipeline());
    assertThat(report.findings()).isEmpty();
    assertThat(report.pending()).isEmpty();
    SnapshotId again = lake.table().head().commitOf(lake.batch(BAD).id()).orElseThrow();
    GateVerdict verdict = lake.verdicts().find(again).orElseThrow();
    assertThat(verdict.accepted()).containsOnlyKeys("known");
  }

  /** Three batches, of which the second was taken off audit. */
  private static GateLake quarantined(String... gates) {
    GateLake lake = new GateLake(gates);
    lake.addOrder();
    lake.add(orderWithoutAmount("bad"), orderWithoutAmount("b2"));
    lake.addOrder();
    for (int number = 0; number < 3; number++) {
      lake.gate(lake.snapshot(number));
    }
    lake.settle();
    assertThat(lake.main()).hasSize(2);
    return lake;
  }
}
