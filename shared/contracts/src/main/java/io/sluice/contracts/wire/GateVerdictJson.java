package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** The verdict of the gate on a snapshot, as the lake keeps it. */
public final class GateVerdictJson {
  /** Room for some thousand gates. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String DOCUMENT = "verdict";

  private GateVerdictJson() {}

  /** The content of the verdict object, UTF-8. */
  public static byte[] write(GateVerdict verdict) {
    ObjectNode node = JsonFields.object();
    node.put("pipeline", verdict.pipeline().value());
    node.put("snapshot", verdict.snapshot().value());
    node.put("outcome", verdict.outcome().word());
    node.put("judged_at", verdict.judgedAt().toString());
    node.put("code", verdict.code());
    ArrayNode results = node.putArray("results");
    verdict.results().forEach(result -> putResult(results.addObject(), result));
    return JsonFields.write(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the content of a verdict object.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static GateVerdict read(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    JsonFields fields = JsonFields.read(text, DOCUMENT, MAX_BYTES);
    return JsonFields.make(
        DOCUMENT,
        () ->
            new GateVerdict(
                fields.parsed("pipeline", PipelineName::new),
                new SnapshotId(fields.count("snapshot")),
                fields.parsed("outcome", word -> of(GateOutcome.values(), GateOutcome::word, word)),
                fields.objects("results").stream().map(GateVerdictJson::result).toList(),
                fields.instant("judged_at"),
                fields.text("code")));
  }

  private static void putResult(ObjectNode node, GateResult result) {
    node.put("metric", result.rule().metric().name());
    switch (result.measurement()) {
      case Measurement.Known known -> node.put("value", known.value());
      case Measurement.Unknown ignored -> node.putNull("value");
    }
    node.put("limit", result.rule().limit());
    node.put("passed", result.passed());
    node.put("action", result.rule().action().word());
    switch (result.measurement()) {
      case Measurement.Known known -> node.put("basis", known.basis());
      case Measurement.Unknown unknown -> node.put("reason", unknown.reason());
    }
  }

  private static GateResult result(JsonFields fields) {
    GateRule rule =
        new GateRule(
            fields.parsed("metric", Metric::parse),
            fields.number("limit"),
            fields.parsed("action", word -> of(GateAction.values(), GateAction::word, word)));
    Measurement measurement =
        fields.isNull("value")
            ? new Measurement.Unknown(fields.text("reason"))
            : new Measurement.Known(fields.number("value"), fields.text("basis"));
    GateResult judged = rule.judge(measurement);
    if (judged.passed() != fields.flag("passed")) {
      throw new IllegalArgumentException(
          fields.path() + ".passed is not what its value and limit say");
    }
    return judged;
  }

  private static <E> E of(E[] all, Function<E, String> word, String wanted) {
    return Arrays.stream(all)
        .filter(each -> word.apply(each).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it is not known"));
  }
}
