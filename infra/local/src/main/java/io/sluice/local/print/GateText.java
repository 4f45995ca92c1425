package io.sluice.local.print;

import static java.util.stream.Collectors.joining;

import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Ruling;
import java.math.BigDecimal;
import java.math.MathContext;

/** Verdicts of gates, for people. */
final class GateText {
  /** Enough to tell a value from a bound that it breaks; more would only be noise. */
  private static final int DIGITS = 4;

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

  /** One gate: {@code null_rate_user_id 0.5 > 0.02 (1 of 2 added rows)}. */
  static String result(GateResult result) {
    String name = result.terms().name();
    String outcome =
        switch (result.measurement()) {
          case Measurement.Known known -> name + " " + held(known, result);
          case Measurement.Unknown unknown -> name + " unknown: " + unknown.reason();
          case Measurement.Nothing nothing -> name + ": " + nothing.reason();
        };
    return switch (result.ruling()) {
      case Ruling.Accepted accepted ->
          outcome
              + ", accepted by "
              + accepted.decision().by()
              + ": "
              + accepted.decision().reason();
      case Ruling.Passed ignored -> outcome;
      case Ruling.Failed ignored -> outcome;
    };
  }

  private static String held(Measurement.Known known, GateResult result) {
    Bounds bounds = result.terms().bounds();
    boolean isUnder = known.value() < bounds.least();
    String value = number(known.value());
    if (result.passed()) {
      return bounds.hasMost()
          ? value + " ≤ " + number(bounds.most())
          : value + " ≥ " + number(bounds.least());
    }
    return value
        + (isUnder ? " < " + number(bounds.least()) : " > " + number(bounds.most()))
        + " ("
        + known.basis()
        + ")";
  }

  private static String number(double number) {
    return Double.isInfinite(number)
        ? Double.toString(number)
        : new BigDecimal(number, new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
  }
}
