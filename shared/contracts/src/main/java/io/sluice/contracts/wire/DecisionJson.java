package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.gate.Decision;

/** {@code {"by":"ada","reason":"known outage","at":"2026-01-01T00:00:00Z"}}. */
final class DecisionJson {
  private DecisionJson() {}

  static void put(ObjectNode node, Decision decision) {
    node.put("by", decision.by())
        .put("reason", decision.reason())
        .put("at", decision.at().toString());
  }

  static Decision read(JsonFields fields) {
    return new Decision(fields.text("by"), fields.text("reason"), fields.instant("at"));
  }
}
