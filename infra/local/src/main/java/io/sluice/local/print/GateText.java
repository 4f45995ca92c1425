package io.sluice.local.print;

import static java.util.stream.Collectors.joining;

import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import java.util.Locale;

/** Verdicts of gates, for people. */
final class GateText {
  private GateText() {}

  /** One verdict on one line: {@code ✓ snapshot 12 published: conservation 0 ≤ 0 · …}. */
  static String line(GateVerdict verdict) {
    String mark = verdict.outcome() == GateOutcome.PUBLISHED ? "✓" : "✗";
    return mark
        + " snapshot "
        + verdict.snapshot()
        + " "
        + verdict.outcome().word()
        + ": "
        + verdict.results().stream().map(GateText::result).collect(joining(" · "));
  }

  private static String result(GateResult result) {
    String name = result.rule().metric().name();
    String limit = number(result.rule().limit());
    return switch (result.measurement()) {
      case Measurement.Known known when result.passed() ->
          name + " " + number(known.value()) + " ≤ " + limit;
      case Measurement.Known known ->
          name + " " + number(known.value()) + " > " + limit + " (" + known.basis() + ")";
      case Measurement.Unknown unknown -> name + " unknown: " + unknown.reason();
    };
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.4g", number).replaceAll("\\.?0+$", "");
  }
}
