package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.Replay;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import java.nio.charset.StandardCharsets;

/**
 * A replay as an object in landing: {@code {"pipeline":"…","contract":"…","parts":[{"bucket":"…",
 * "key":"…","version":"…","ordinals":[3,7]}]}}.
 */
public final class ReplayJson {
  /** Room for as many records as a replay may have, each of a source with the longest key. */
  public static final int MAX_BYTES = 16 << 20;

  private static final String DOCUMENT = "replay";

  private ReplayJson() {}

  /** The content of the object, UTF-8: the same replay is the same bytes. */
  public static byte[] write(Replay replay) {
    ObjectNode node = JsonFields.object();
    node.put("pipeline", replay.pipeline().value());
    node.put("contract", replay.contract());
    ArrayNode parts = node.putArray("parts");
    for (Replay.Part part : replay.parts()) {
      ObjectNode object = parts.addObject();
      object.put("bucket", part.source().name().bucket());
      object.put("key", part.source().name().key());
      object.put("version", part.source().version());
      ArrayNode ordinals = object.putArray("ordinals");
      part.ordinals().forEach(ordinals::add);
    }
    return JsonFields.write(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the content of the object.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static Replay read(byte[] content) {
    JsonFields fields =
        JsonFields.read(new String(content, StandardCharsets.UTF_8), DOCUMENT, MAX_BYTES);
    return JsonFields.make(
        DOCUMENT,
        () ->
            new Replay(
                fields.parsed("pipeline", PipelineName::new),
                fields.text("contract"),
                fields.objects("parts").stream().map(ReplayJson::part).toList()));
  }

  private static Replay.Part part(JsonFields fields) {
    return new Replay.Part(
        new SourceObject(
            new ObjectName(fields.text("bucket"), fields.text("key")), fields.text("version")),
        fields.wholeNumbers("ordinals"));
  }
}
