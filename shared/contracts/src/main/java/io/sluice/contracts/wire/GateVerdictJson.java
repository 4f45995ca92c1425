package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateTerms;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Ruling;
import io.sluice.core.gate.Severity;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
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
    node.put("judgement", verdict.judgement());
    node.put("score", verdict.score());
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
                fields.has("judgement") ? fields.smallCount("judgement") : 1,
                fields.parsed("outcome", word -> of(GateOutcome.values(), GateOutcome::word, word)),
                fields.objects("results").stream().map(GateVerdictJson::result).toList(),
                fields.instant("judged_at"),
                fields.text("code")));
  }

  private static void putResult(ObjectNode node, GateResult result) {
    GateTerms terms = result.terms();
    node.put("metric", terms.metric());
    switch (result.measurement()) {
      case Measurement.Known known -> node.put("value", known.value());
      case Measurement.Unknown ignored -> node.putNull("value");
      case Measurement.Nothing ignored -> node.putNull("value");
    }
    node.put("limit", terms.bounds().hasMost() ? terms.bounds().most() : terms.bounds().least());
    node.put("passed", result.passed());
    node.put("action", terms.action().word());
    node.put("name", terms.name());
    if (terms.bounds().hasLeast()) {
      node.put("min", terms.bounds().least());
    }
    if (terms.bounds().hasMost()) {
      node.put("max", terms.bounds().most());
    }
    node.put("severity", terms.severity().word());
    node.put("layer", terms.layer().word());
    switch (result.measurement()) {
      case Measurement.Known known -> {
        node.put("basis", known.basis());
        if (!known.drivers().isEmpty()) {
          ArrayNode drivers = node.putArray("drivers");
          known.drivers().forEach(drivers::add);
        }
        if (!known.distribution().counts().isEmpty()) {
          ObjectNode buckets = node.putObject("distribution");
          known.distribution().counts().forEach((bucket, n) -> buckets.put(bucket.toString(), n));
        }
      }
      case Measurement.Unknown unknown -> node.put("reason", unknown.reason());
      case Measurement.Nothing nothing -> node.put("reason", nothing.reason());
    }
    if (result.ruling() instanceof Ruling.Accepted accepted) {
      DecisionJson.put(node.putObject("accepted"), accepted.decision());
    }
  }

  private static GateResult result(JsonFields fields) {
    GateResult judged = terms(fields).judge(measurement(fields));
    if (judged.passed() != fields.flag("passed")) {
      throw new IllegalArgumentException(
          fields.path() + ".passed is not what its value and limit say");
    }
    if (!fields.has("accepted")) {
      return judged;
    }
    return judged.accepted(DecisionJson.read(fields.object("accepted")));
  }

  /** A verdict of before gates had names and a least has its limit, and its action's severity. */
  private static GateTerms terms(JsonFields fields) {
    String metric = fields.text("metric");
    GateAction action =
        fields.parsed("action", word -> of(GateAction.values(), GateAction::word, word));
    if (!fields.has("name")) {
      return new GateTerms(
          metric,
          metric,
          Bounds.atMost(fields.number("limit")),
          action,
          action.severity(),
          Layer.CURATED);
    }
    return new GateTerms(
        fields.text("name"),
        metric,
        new Bounds(
            fields.has("min") ? fields.number("min") : Double.NEGATIVE_INFINITY,
            fields.has("max") ? fields.number("max") : Double.POSITIVE_INFINITY),
        action,
        fields.parsed("severity", word -> of(Severity.values(), Severity::word, word)),
        fields.parsed("layer", word -> of(Layer.values(), Layer::word, word)));
  }

  private static Measurement measurement(JsonFields fields) {
    if (fields.isNull("value")) {
      String reason = fields.text("reason");
      return fields.flag("passed")
          ? new Measurement.Nothing(reason)
          : new Measurement.Unknown(reason);
    }
    TreeMap<Integer, Long> buckets = new TreeMap<>();
    if (fields.has("distribution")) {
      fields
          .counts("distribution")
          .forEach((bucket, count) -> buckets.put(Integer.valueOf(bucket), count));
    }
    return new Measurement.Known(
        fields.number("value"),
        fields.text("basis"),
        fields.has("drivers") ? fields.texts("drivers") : List.of(),
        new Distribution(buckets));
  }

  private static <E> E of(E[] all, Function<E, String> word, String wanted) {
    return Arrays.stream(all)
        .filter(each -> word.apply(each).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it is not known"));
  }
}
