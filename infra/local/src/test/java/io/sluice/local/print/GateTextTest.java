package io.sluice.local.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.SnapshotMetric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTextTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 1200, row_count 1000 < 1200 (counted)",
    "0, 10, row_count 0 < 10 (counted)",
    "0.083333, 1, row_count 0.08333 < 1 (counted)",
    "12345678, 2e9, row_count 12350000 < 2000000000 (counted)"
  })
  void writesNumbersWithAllTheirZeros(double value, double least, String text) {
    // Given
    GateRule rule = GateRule.of(SnapshotMetric.ROW_COUNT, Bounds.atLeast(least), GateAction.WARN);

    // Then
    assertThat(GateText.result(rule.terms().judge(new Measurement.Known(value, "counted"))))
        .isEqualTo(text);
  }
}
