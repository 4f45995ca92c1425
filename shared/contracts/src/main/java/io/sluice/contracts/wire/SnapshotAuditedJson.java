package io.sluice.contracts.wire;

import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;

/** {@code {"pipeline":"earthquakes","snapshot":123}}. */
public final class SnapshotAuditedJson {
  /** Ours are some hundred characters long, and SQS carries no more than this. */
  static final int MAX_MESSAGE_CHARACTERS = 1 << 20;

  private static final String DOCUMENT = "message from curate to gate";

  private SnapshotAuditedJson() {}

  /** The body of the message. */
  public static String write(SnapshotAudited message) {
    return JsonFields.write(
        JsonFields.object()
            .put("pipeline", message.pipeline().value())
            .put("snapshot", message.snapshot().value()));
  }

  /**
   * Reads the body of a message.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static SnapshotAudited read(String body) {
    JsonFields fields = JsonFields.read(body, DOCUMENT, MAX_MESSAGE_CHARACTERS);
    return new SnapshotAudited(
        fields.parsed("pipeline", PipelineName::new), new SnapshotId(fields.count("snapshot")));
  }
}
