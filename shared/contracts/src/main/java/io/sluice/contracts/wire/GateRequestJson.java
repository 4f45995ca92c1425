package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.util.stream.Collectors;

/**
 * Messages to gate: {@link SnapshotAuditedJson}, or with {@code "request"} one of {@code resume},
 * {@code release}, {@code discard}.
 */
public final class GateRequestJson {
  private static final String DOCUMENT = "message to gate";
  private static final String RESUME = "resume";

  private GateRequestJson() {}

  /** The body of the message. */
  public static String write(GateRequest request) {
    return switch (request) {
      case SnapshotAudited audited -> SnapshotAuditedJson.write(audited);
      case GateRequest.Resume resume -> {
        ObjectNode node = head(resume, RESUME, resume.snapshot());
        ArrayNode accepted = node.putArray("accept");
        resume.accepted().forEach(accepted::add);
        DecisionJson.put(node.putObject("decision"), resume.decision());
        yield JsonFields.write(node);
      }
      case GateRequest.Settle settle -> {
        ObjectNode node = head(settle, settle.way().word(), settle.snapshot());
        ArrayNode batches = node.putArray("batches");
        settle.batches().forEach(batch -> batches.add(batch.value()));
        DecisionJson.put(node.putObject("decision"), settle.decision());
        yield JsonFields.write(node);
      }
    };
  }

  /**
   * Reads the body of a message.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static GateRequest read(String body) {
    JsonFields fields = JsonFields.read(body, DOCUMENT, SnapshotAuditedJson.MAX_MESSAGE_CHARACTERS);
    return fields.has("request")
        ? JsonFields.make(DOCUMENT, () -> request(fields))
        : SnapshotAuditedJson.read(body);
  }

  private static GateRequest request(JsonFields fields) {
    PipelineName pipeline = fields.parsed("pipeline", PipelineName::new);
    SnapshotId snapshot = new SnapshotId(fields.count("snapshot"));
    return fields.text("request").equals(RESUME)
        ? new GateRequest.Resume(
            pipeline,
            snapshot,
            fields.texts("accept").stream().collect(Collectors.toSet()),
            DecisionJson.read(fields.object("decision")))
        : new GateRequest.Settle(
            pipeline,
            snapshot,
            fields.texts("batches").stream().map(BatchId::new).collect(Collectors.toSet()),
            fields.parsed("request", SettlementJson::way),
            DecisionJson.read(fields.object("decision")));
  }

  private static ObjectNode head(GateRequest request, String word, SnapshotId snapshot) {
    return JsonFields.object()
        .put("request", word)
        .put("pipeline", request.pipeline().value())
        .put("snapshot", snapshot.value());
  }
}
