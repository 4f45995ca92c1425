package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What was decided about a withheld batch, as the lake keeps it. */
public final class SettlementJson {
  /** A decision of two texts of a thousand characters, four bytes each at most, escaped. */
  public static final int MAX_BYTES = 64 << 10;

  private static final String DOCUMENT = "settlement";

  private SettlementJson() {}

  /** The content of the object, UTF-8. */
  public static byte[] write(Settlement settlement) {
    ObjectNode node = JsonFields.object();
    node.put("snapshot", settlement.snapshot().value());
    node.put("batch", settlement.batch().value());
    node.put("way", settlement.way().word());
    DecisionJson.put(node.putObject("decision"), settlement.decision());
    return JsonFields.write(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the content of the object.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static Settlement read(byte[] content) {
    JsonFields fields =
        JsonFields.read(new String(content, StandardCharsets.UTF_8), DOCUMENT, MAX_BYTES);
    return JsonFields.make(
        DOCUMENT,
        () ->
            new Settlement(
                new SnapshotId(fields.count("snapshot")),
                fields.parsed("batch", BatchId::new),
                fields.parsed("way", SettlementJson::way),
                DecisionJson.read(fields.object("decision"))));
  }

  static Settlement.Way way(String word) {
    return Arrays.stream(Settlement.Way.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("release or discard is wanted"));
  }
}
