package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.id.TableName;

/**
 * {@code {"pipeline":"orders","table":"curated.orders","snapshot":123,"judged_at":…,"score":100,
 * "batches":{"…":{"read":10,"rejected":1,…}}}}.
 */
public final class SnapshotPublishedJson {
  /** What the queues of subscribers carry; a snapshot of 1,000 batches makes a fifth of it. */
  public static final int MAX_BYTES = 1 << 20;

  private SnapshotPublishedJson() {}

  /** The body of the message. */
  public static String write(SnapshotPublished message) {
    ObjectNode document =
        JsonFields.object()
            .put("pipeline", message.pipeline().value())
            .put("table", TableName.curated(message.pipeline()).toString())
            .put("snapshot", message.snapshot().value())
            .put("judged_at", message.judgedAt().toString())
            .put("score", message.score());
    ObjectNode batches = document.putObject("batches");
    message
        .batches()
        .forEach(
            (batch, account) -> {
              ObjectNode counts = batches.putObject(batch.value());
              account.byName().forEach(counts::put);
            });
    return JsonFields.write(document);
  }
}
