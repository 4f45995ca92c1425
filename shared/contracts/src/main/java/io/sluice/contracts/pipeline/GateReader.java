package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the gates of a declaration, and refuses what could not be evaluated. */
final class GateReader {
  static final Shape SHAPE =
      new Shape.Many(
          new Shape.Section(
              Map.of("metric", Shape.TEXT, "threshold", Shape.NUMBER, "action", Shape.TEXT)));

  private final Contract contract;
  private final Problems problems;

  GateReader(Contract contract, Problems problems) {
    this.contract = contract;
    this.problems = problems;
  }

  List<GateRule> read(List<Declaration> declared) {
    List<GateRule> gates = new ArrayList<>();
    for (Declaration gate : declared) {
      Optional<Metric> metric = gate.required("metric", problems).flatMap(this::metric);
      Optional<GateAction> action = gate.required("action", problems).flatMap(this::action);
      if (metric.isPresent() && action.isPresent()) {
        gate.required("threshold", problems)
            .flatMap(word -> limit(metric.get(), word))
            .ifPresent(limit -> gates.add(new GateRule(metric.get(), limit, action.get())));
      }
    }
    return gates;
  }

  private Optional<Metric> metric(Word word) {
    Metric metric;
    try {
      metric = Metric.parse(word.text());
    } catch (IllegalArgumentException e) {
      problems.unavailable(word);
      return Optional.empty();
    }
    return switch (metric) {
      case Metric.Conservation ignored -> {
        problems.unavailable(word, "conservation is always on, with its own limit");
        yield Optional.empty();
      }
      case Metric.RowCountDelta delta -> Optional.of(delta);
      case Metric.NullRate rate ->
          ContractFields.find(contract, rate.field().toString(), word, problems).map(f -> rate);
    };
  }

  private Optional<GateAction> action(Word word) {
    for (GateAction action : GateAction.values()) {
      if (action.word().equals(word.text())) {
        return Optional.of(action);
      }
    }
    if (word.text().equals("registry_validation")) {
      problems.unavailable(word);
    } else {
      problems.invalid(word, "halt_and_alert or quarantine is wanted");
    }
    return Optional.empty();
  }

  private Optional<Double> limit(Metric metric, Word word) {
    boolean fits = metric instanceof Metric.NullRate ? word.isShare() : word.number() >= 0;
    if (!fits) {
      problems.invalid(
          word,
          metric instanceof Metric.NullRate
              ? "a share from 0 to 1 is wanted"
              : "a number of 0 or more is wanted");
      return Optional.empty();
    }
    return Optional.of(word.number());
  }
}
