package io.sluice.local.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Gates as quality rules of the standard, and back. What the standard's library of metrics has is a
 * rule of it; everything else is a rule of the engine {@value #ENGINE}. Each carries the gate as it
 * is declared, which counts as long as the rule beside it is the one that the gate makes.
 */
final class OdcsGates {
  static final String ENGINE = "sluice";

  /** The custom property that carries a gate. */
  static final String GATE = "sluice.gate";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private OdcsGates() {}

  /** A rule, and the field that it is about; empty for the table. */
  record Rule(String field, ObjectNode node) {}

  static Rule rule(JsonNode gate) {
    String metric = gate.path("metric").asText();
    ObjectNode node = JSON.createObjectNode();
    if (gate.has("name")) {
      node.put("name", gate.path("name").asText());
    }
    if (gate.has("severity")) {
      node.put("severity", gate.path("severity").asText());
    }
    Optional<String> field = isPlain(gate) ? library(gate, metric, node) : Optional.<String>empty();
    if (field.isEmpty()) {
      node.put("type", "custom").put("engine", ENGINE);
      node.set("implementation", gate.deepCopy());
    } else {
      node.putArray("customProperties").addObject().put("property", GATE).set("value", gate);
    }
    return new Rule(field.orElse(""), node);
  }

  /** Where a gate looks, and at which rows, has no place in a rule of the library. */
  private static boolean isPlain(JsonNode gate) {
    return !gate.has("where") && !gate.has("layer");
  }

  /** Fills {@code node}; nothing where the library has no such metric, or no such bound. */
  private static Optional<String> library(JsonNode gate, String metric, ObjectNode node) {
    Optional<BigDecimal> most = number(gate, "threshold").or(() -> number(gate, "max"));
    Optional<BigDecimal> least = number(gate, "min");
    if (metric.equals("row_count") && (least.isPresent() ^ most.isPresent())) {
      node.put("metric", "rowCount");
      least.ifPresent(value -> node.put("mustBeGreaterOrEqualTo", value));
      most.ifPresent(value -> node.put("mustBeLessOrEqualTo", value));
      return Optional.of("");
    }
    if (metric.startsWith("null_rate_") && most.isPresent() && least.isEmpty()) {
      percent(node.put("metric", "nullValues"), most.get());
      return Optional.of(metric.substring("null_rate_".length()));
    }
    if (most.isPresent() || least.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal bad = BigDecimal.ONE.subtract(least.get());
    if (metric.startsWith("in_set_")) {
      percent(node.put("metric", "invalidValues"), bad);
      node.putObject("arguments").set("validValues", gate.path("values"));
      return Optional.of(metric.substring("in_set_".length()));
    }
    if (metric.startsWith("pattern_rate_")) {
      percent(node.put("metric", "invalidValues"), bad);
      node.putObject("arguments").set("pattern", gate.path("pattern"));
      return Optional.of(metric.substring("pattern_rate_".length()));
    }
    if (metric.startsWith("uniqueness_")) {
      percent(node.put("metric", "duplicateValues"), bad);
      return Optional.of(metric.substring("uniqueness_".length()));
    }
    return Optional.empty();
  }

  private static void percent(ObjectNode node, BigDecimal share) {
    BigDecimal percent = share.multiply(HUNDRED).stripTrailingZeros();
    node.put("unit", "percent").put("mustBeLessOrEqualTo", percent.doubleValue());
  }

  private static Optional<BigDecimal> number(JsonNode gate, String key) {
    return gate.path(key).isNumber()
        ? Optional.of(new BigDecimal(gate.path(key).asText()))
        : Optional.empty();
  }

  /** The gate that a rule about {@code field} is; none where no metric of ours says the same. */
  static Optional<ObjectNode> gate(String field, JsonNode rule) {
    Optional<JsonNode> carried = carried(rule);
    if (carried.isPresent() && rule(carried.get()).node().equals(rule)) {
      return carried.map(JsonNode::<ObjectNode>deepCopy);
    }
    ObjectNode gate = JSON.createObjectNode();
    if (rule.has("name")) {
      gate.put("name", rule.path("name").asText());
    }
    Optional<BigDecimal> most = number(rule, "mustBeLessOrEqualTo");
    Optional<BigDecimal> least = number(rule, "mustBeGreaterOrEqualTo");
    BigDecimal unit =
        rule.path("unit").asText().equals("percent") ? HUNDRED : BigDecimal.ONE.negate();
    boolean isShare = unit.signum() > 0 && most.isPresent() && !field.isEmpty();
    switch (rule.path("metric").asText()) {
      case "rowCount" -> {
        gate.put("metric", "row_count");
        most.ifPresent(value -> gate.put("max", value));
        least.ifPresent(value -> gate.put("min", value));
        if (most.isEmpty() && least.isEmpty()) {
          return Optional.empty();
        }
      }
      case "nullValues" -> {
        if (!isShare) {
          return Optional.empty();
        }
        gate.put("metric", "null_rate_" + field).put("max", most.orElseThrow().divide(unit));
      }
      case "invalidValues", "duplicateValues" -> {
        Optional<String> metric = good(rule);
        if (!isShare || metric.isEmpty()) {
          return Optional.empty();
        }
        gate.put("metric", metric.get() + field);
        gate.put("min", BigDecimal.ONE.subtract(most.orElseThrow().divide(unit)));
        if (rule.path("arguments").has("validValues")) {
          gate.set("values", rule.path("arguments").path("validValues"));
        }
        if (rule.path("arguments").has("pattern")) {
          gate.set("pattern", rule.path("arguments").path("pattern"));
        }
      }
      default -> {
        return Optional.empty();
      }
    }
    gate.put("action", carried.map(each -> each.path("action").asText()).orElse("warn"));
    return Optional.of(gate);
  }

  private static Optional<String> good(JsonNode rule) {
    if (rule.path("metric").asText().equals("duplicateValues")) {
      return Optional.of("uniqueness_");
    }
    JsonNode arguments = rule.path("arguments");
    return arguments.has("validValues")
        ? Optional.of("in_set_")
        : arguments.has("pattern") ? Optional.of("pattern_rate_") : Optional.empty();
  }

  private static Optional<JsonNode> carried(JsonNode rule) {
    if (rule.path("engine").asText().equals(ENGINE)) {
      return Optional.of(rule.path("implementation"));
    }
    for (JsonNode each : rule.path("customProperties")) {
      if (each.path("property").asText().equals(GATE)) {
        return Optional.of(each.path("value"));
      }
    }
    return Optional.empty();
  }

  /** All rules about {@code field} among {@code gates}. */
  static ArrayNode rules(JsonNode gates, String field) {
    ArrayNode rules = JSON.createArrayNode();
    for (JsonNode gate : gates) {
      Rule rule = rule(gate);
      if (rule.field().equals(field)) {
        rules.add(rule.node());
      }
    }
    return rules;
  }
}
