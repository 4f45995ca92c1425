package io.sluice.local.print;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Ruling;
import java.io.PrintStream;
import java.util.Map;

/** The one document that {@code --json} prints, and what several of them have in common. */
final class JsonDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonDocument() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static void print(ObjectNode document, PrintStream out) {
    out.println(document.toString());
    out.flush();
  }

  /** Every count of {@code account} under its name. */
  static void putCounts(ObjectNode node, BatchAccount account) {
    account.byName().forEach(node::put);
  }

  /** Counts by their names. */
  static void putCounts(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  /** The outcome and every gate of {@code verdict}. */
  static void putVerdict(ObjectNode node, GateVerdict verdict) {
    node.put("snapshot", verdict.snapshot().value());
    node.put("verdict", verdict.outcome().word());
    node.put("judgement", verdict.judgement());
    node.put("score", verdict.score());
    for (GateResult result : verdict.results()) {
      ObjectNode gate = node.withArray("gates").addObject();
      gate.put("metric", result.terms().metric());
      switch (result.measurement()) {
        case Measurement.Known known -> {
          gate.put("value", known.value()).put("basis", known.basis());
          known.drivers().forEach(driver -> gate.withArray("drivers").add(driver));
        }
        case Measurement.Unknown unknown -> gate.putNull("value").put("basis", unknown.reason());
        case Measurement.Nothing nothing -> gate.putNull("value").put("basis", nothing.reason());
      }
      Bounds bounds = result.terms().bounds();
      gate.put("limit", bounds.hasMost() ? bounds.most() : bounds.least());
      if (bounds.hasLeast()) {
        gate.put("min", bounds.least());
      }
      if (bounds.hasMost()) {
        gate.put("max", bounds.most());
      }
      gate.put("name", result.terms().name());
      gate.put("severity", result.terms().severity().word());
      gate.put("layer", result.terms().layer().word());
      gate.put("action", result.terms().action().word());
      gate.put("passed", result.passed());
      if (result.ruling() instanceof Ruling.Accepted accepted) {
        gate.putObject("accepted")
            .put("by", accepted.decision().by())
            .put("reason", accepted.decision().reason())
            .put("at", accepted.decision().at().toString());
      }
    }
  }
}
