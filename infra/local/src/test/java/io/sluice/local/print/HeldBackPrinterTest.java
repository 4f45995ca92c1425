package io.sluice.local.print;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.SnapshotMetric;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.local.lake.HeldBack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody may do about what is halted. */
class HeldBackPrinterTest {
  private static final PipelineName PIPELINE = new PipelineName("orders");
  private static final GateResult FEW =
      GateRule.of(SnapshotMetric.ROW_COUNT, Bounds.atLeast(10), GateAction.HALT_AND_ALERT)
          .terms()
          .judge(new Measurement.Known(1, "counted"));
  private static final GateResult LOST =
      GateRule.CONSERVATION.terms().judge(new Measurement.Known(1, "1 of 2 records"));

  @Test
  void offersToAcceptTheGatesThatFailed() {
    assertThat(printed(halted(FEW)))
        .contains("./sluice gate resume orders --accept row_count --reason TEXT --lake lake");
  }

  @Test
  void offersNobodyToAcceptThatRecordsAreLost() {
    assertThat(printed(halted(FEW, LOST)))
        .doesNotContain("--accept")
        .contains("./sluice verify orders --lake lake");
  }

  @Test
  void refusesNamesThatNoGateHas() {
    // Given
    HeldBack held = halted(FEW);

    // Then
    held.requireGates(Set.of("row_count"));
    assertThatThrownBy(() -> held.requireGates(Set.of("row_cuont")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Gate does not exist: row_cuont (row_count)");
  }

  private static HeldBack halted(GateResult... results) {
    SnapshotId snapshot = new SnapshotId(7);
    GateVerdict verdict =
        new GateVerdict(
            PIPELINE,
            snapshot,
            1,
            GateOutcome.HALTED,
            List.of(results),
            Instant.parse("2026-01-01T00:00:00Z"),
            "test");
    return new HeldBack(
        PIPELINE,
        List.of(),
        List.of(),
        List.of(verdict),
        List.of(snapshot),
        Map.of(),
        new Withheld(Map.of(), Map.of(), Map.of()),
        false);
  }

  private static String printed(HeldBack held) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HeldBackPrinter.print(held, Path.of("lake"), new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8);
  }
}
