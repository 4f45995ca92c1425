package io.sluice.local.print;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import java.io.PrintStream;

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

  /** The outcome and every gate of {@code verdict}. */
  static void putVerdict(ObjectNode node, GateVerdict verdict) {
    node.put("snapshot", verdict.snapshot().value());
    node.put("verdict", verdict.outcome().word());
    for (GateResult result : verdict.results()) {
      ObjectNode gate = node.withArray("gates").addObject();
      gate.put("metric", result.rule().metric().name());
      switch (result.measurement()) {
        case Measurement.Known known ->
            gate.put("value", known.value()).put("basis", known.basis());
        case Measurement.Unknown unknown -> gate.putNull("value").put("basis", unknown.reason());
      }
      gate.put("limit", result.rule().limit());
      gate.put("action", result.rule().action().word());
      gate.put("passed", result.passed());
    }
  }
}
