package io.sluice.simulation;

import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Ruling;
import io.sluice.simulation.feed.Gates;
import io.sluice.simulation.lake.LakeReading;
import io.sluice.simulation.lake.LakeReading.Node;
import io.sluice.simulation.model.Fates;
import io.sluice.simulation.model.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/** Holds every verdict against what the model says of the snapshot. */
final class VerdictsCheck {
  private final World world;
  private final Operator operator;
  private final LakeReading lake;
  private final Map<Long, Rows> states;
  private final Map<Long, Map<String, Fates>> fates;
  private final Map<Long, Node> nodes = new HashMap<>();

  VerdictsCheck(
      World world,
      Operator operator,
      LakeReading lake,
      Map<Long, Rows> states,
      Map<Long, Map<String, Fates>> fates) {
    this.world = world;
    this.operator = operator;
    this.lake = lake;
    this.states = states;
    this.fates = fates;
    lake.snapshots().forEach(node -> nodes.put(node.id(), node));
  }

  void run() {
    Set<Long> audit = Set.copyOf(lake.audit());
    for (Node node : nodes.values()) {
      List<GateVerdict> judgements = lake.judgements(node.id());
      judgements.forEach(verdict -> check(node, verdict));
      if (!judgements.isEmpty()
          && judgements.getLast().outcome() == GateOutcome.QUARANTINED
          && audit.contains(node.id())) {
        world.trace().violation(world.trace().name(node.id()) + " is quarantined, and on audit");
      }
    }
  }

  private void check(Node node, GateVerdict verdict) {
    for (GateResult result : verdict.results()) {
      String gate = result.terms().name();
      String what = "gate " + gate + " of " + world.trace().name(node.id());
      if (result.measurement() instanceof Measurement.Known known) {
        OptionalDouble value = value(gate, node);
        if (value.isPresent() && Math.abs(value.getAsDouble() - known.value()) > 1e-9) {
          world
              .trace()
              .violation(what + ": wanted " + value.getAsDouble() + ", found " + known.value());
        }
      }
      if (result.ruling() instanceof Ruling.Accepted accepted
          && !isAccepted(gate, accepted.decision().reason(), node)) {
        world.trace().violation(what + " is accepted, and nobody accepted it");
      }
    }
  }

  private boolean isAccepted(String gate, String reason, Node node) {
    Set<String> accepted = operator.accepted().get(reason);
    return accepted == null
        ? node.said().getOrDefault("sluice.origin", "").equals("released")
            && gate.equals("max_amount")
        : accepted.contains(gate);
  }

  /** What the gate must have measured; nothing where the model does not say. */
  private OptionalDouble value(String gate, Node node) {
    if (world.declared().kind().keepsDeleted() && gate.endsWith("_amount")) {
      return OptionalDouble.empty();
    }
    Map<String, Fates> came = Objects.requireNonNull(fates.get(node.id()));
    List<Double> amounts = Objects.requireNonNull(states.get(node.id())).amounts(came.keySet());
    return switch (gate) {
      case "conservation" -> OptionalDouble.of(0);
      case "row_count" ->
          OptionalDouble.of((double) came.values().stream().mapToLong(Fates::added).sum());
      case "max_amount" ->
          amounts.stream().filter(amount -> !amount.isNaN()).mapToDouble(Double::doubleValue).max();
      case "null_rate_amount" ->
          amounts.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(
                  (double) amounts.stream().filter(amount -> amount.isNaN()).count()
                      / amounts.size());
      case "row_count_delta" -> delta(node);
      default -> OptionalDouble.empty();
    };
  }

  private OptionalDouble delta(Node node) {
    List<Node> usual = new ArrayList<>();
    List<Long> next = node.parents();
    while (!next.isEmpty() && usual.size() < Gates.BASELINE) {
      Node each = Objects.requireNonNull(nodes.get(next.getFirst()));
      if (isUsual(each)) {
        usual.add(each);
      }
      next = each.parents();
    }
    List<Node> own = List.of(node);
    double median = median(usual, true);
    double here = median(own, false);
    if (Double.isNaN(median) || median == 0) {
      return OptionalDouble.of(0);
    }
    return Double.isNaN(here)
        ? OptionalDouble.of(0)
        : OptionalDouble.of(Math.abs(here - median) / median);
  }

  private boolean isUsual(Node node) {
    List<GateVerdict> judgements = lake.judgements(node.id());
    return node.isOurs()
        && !node.said().containsKey("sluice.origin")
        && (judgements.isEmpty() || !judgements.getLast().isOverridden());
  }

  private double median(List<Node> of, boolean withReplays) {
    List<Long> sizes = new ArrayList<>();
    for (Node node : of) {
      Objects.requireNonNull(fates.get(node.id()))
          .forEach(
              (batch, came) -> {
                if (withReplays || !world.trace().named(batch).startsWith("r")) {
                  sizes.add(came.total());
                }
              });
    }
    sizes.sort(null);
    int middle = sizes.size() / 2;
    return sizes.isEmpty()
        ? Double.NaN
        : sizes.size() % 2 == 1
            ? (double) sizes.get(middle)
            : (sizes.get(middle - 1) + sizes.get(middle)) / 2.0;
  }
}
