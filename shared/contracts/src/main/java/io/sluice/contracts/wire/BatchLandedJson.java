package io.sluice.contracts.wire;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;

/** {@code {"pipeline":"earthquakes","batch":"<32 hex>","manifest":"s3://lake/raw/…"}}. */
public final class BatchLandedJson {
  private static final String DOCUMENT = "message from land to curate";

  private BatchLandedJson() {}

  /** The body of the message. */
  public static String write(BatchLanded message) {
    return JsonFields.write(
        JsonFields.object()
            .put("pipeline", message.pipeline().value())
            .put("batch", message.batch().value())
            .put("manifest", message.manifest().toString()));
  }

  /**
   * Reads the body of a message.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static BatchLanded read(String body) {
    JsonFields fields = JsonFields.read(body, DOCUMENT, SnapshotAuditedJson.MAX_MESSAGE_CHARACTERS);
    return new BatchLanded(
        fields.parsed("pipeline", PipelineName::new),
        fields.parsed("batch", BatchId::new),
        fields.parsed("manifest", ObjectName::parse));
  }
}
