package io.sluice.gate;

import static io.sluice.iceberg.lake.Orders.order;
import static io.sluice.iceberg.lake.Orders.orderWithoutAmount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.Failure;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.verdict.Gated;
import io.sluice.testkit.crash.Crashes;
import io.sluice.testkit.crash.Crashes.Moment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumeTest {
  private static final String STEADY =
      "{ name: steady, metric: row_count_delta, threshold: 0.5, action: halt_and_alert }";
  private static final String NO_NULLS =
      "{ name: known, metric: null_rate_amount, threshold: 0.5, action: halt_and_alert }";

  @Test
  void publishesAllThatIsHeldOnceTheRulesAllowIt() {
    // Given
    GateLake lake = halted();

    // When
    Gated resumed = lake.gating(List.of()).resume(lake.resumption());

    // Then
    assertThat(resumed).isInstanceOf(Gated.Published.class);
    assertThat(lake.main()).hasSize(5);
    assertThat(lake.verdicts().history(lake.snapshot(1)))
        .extracting(GateVerdict::outcome)
        .containsExactly(GateOutcome.HALTED, GateOutcome.PUBLISHED);
    assertThat(lake.lake().audit(lake.pipeline()).findings()).isEmpty();
  }

  @Test
  void judgesAgainBeforeAnythingIsPublished() {
    // Given
    GateLake lake = halted();

    // When
    Gated resumed = lake.gating().resume(lake.resumption());

    // Then
    assertThat(resumed).isInstanceOf(Gated.Halted.class);
    assertThat(((Gated.Halted) resumed).verdict().judgement()).isEqualTo(2);
    assertThat(lake.main()).containsExactly(order("0", 1));
  }

  @Test
  void keepsAnAcceptanceWithTheVerdict() {
    // Given
    GateLake lake = halted();

    // When
    Gated resumed = lake.gating().resume(lake.resumption("steady"));

    // Then
    GateVerdict kept = lake.verdicts().find(lake.snapshot(1)).orElseThrow();
    assertThat(resumed).isInstanceOf(Gated.Published.class);
    assertThat(kept.accepted()).containsOnly(Map.entry("steady", GateLake.DECISION));
    assertThat(kept.score()).isEqualTo(50);
    assertThat(lake.main()).hasSize(5);
  }

  @Test
  void acceptsTheGateThatIsNamedAndNoOther() {
    // Given
    GateLake lake = new GateLake(STEADY, NO_NULLS);
    lake.gate(lake.addOrder());
    lake.gate(lake.add(orderWithoutAmount("x"), orderWithoutAmount("y"), orderWithoutAmount("z")));

    // Then
    assertThat(lake.gating().resume(lake.resumption("steady"))).isInstanceOf(Gated.Halted.class);
    assertThat(lake.main()).hasSize(1);
    assertThat(lake.gating().resume(lake.resumption("known"))).isInstanceOf(Gated.Published.class);
    assertThat(lake.verdicts().find(lake.snapshot(1)).orElseThrow().accepted())
        .containsOnlyKeys("steady", "known");
  }

  @Test
  void changesNothingWhenOldMessagesComeAgain() {
    // Given
    GateLake lake = halted();
    var resumption = lake.resumption("steady");
    lake.gating().resume(resumption);
    SnapshotId later = lake.add(order("l", 1), order("m", 1), order("n", 1));

    // When
    Gated halted = lake.gate(later);
    lake.gating().resume(resumption);
    lake.gate(lake.snapshot(1));

    // Then
    assertThat(halted).isInstanceOf(Gated.Halted.class);
    assertThat(lake.main()).hasSize(5);
    assertThat(lake.verdicts().history(lake.snapshot(1))).hasSize(2);
    assertThat(lake.verdicts().history(later)).hasSize(1);
  }

  @Test
  void takesNoBaselineFromWhatFailed() {
    // Given
    GateLake lake = new GateLake(STEADY);
    lake.gate(lake.addOrder());
    lake.gate(lake.add(order("x", 1), order("y", 1), order("z", 1)));
    lake.gating().resume(lake.resumption("steady"));

    // When
    Gated asUsualOnlyWithTheAcceptedOne = lake.gate(lake.add(order("l", 1), order("m", 1)));

    // Then
    assertThat(asUsualOnlyWithTheAcceptedOne).isInstanceOf(Gated.Halted.class);
    assertThat(lake.main()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void endsTheSameAfterACrashBetweenAnyTwoSteps(Moment moment) {
    // Given
    GateLake undisturbed = halted();
    Crashes counted = new Crashes(-1, moment);
    undisturbed.gating(counted).resume(undisturbed.resumption("steady"));

    for (int call = 0; call < counted.calls().size(); call++) {
      // When
      GateLake lake = halted();
      Gating dying = lake.gating(new Crashes(call, moment));
      assertThatThrownBy(() -> dying.resume(lake.resumption("steady"))).isInstanceOf(Failure.class);
      lake.gating().resume(lake.resumption("steady"));

      // Then
      assertThat(lake.main()).hasSize(5);
      assertThat(lake.verdicts().history(lake.snapshot(1))).hasSize(2);
      assertThat(lake.lake().audit(lake.pipeline()).findings()).isEmpty();
    }
  }

  /** One published order, three that halt, and one more behind them. */
  private static GateLake halted() {
    GateLake lake = new GateLake(STEADY);
    lake.gate(lake.addOrder());
    lake.gate(lake.add(order("x", 1), order("y", 1), order("z", 1)));
    lake.gate(lake.addOrder());
    assertThat(lake.main()).hasSize(1);
    return lake;
  }
}
