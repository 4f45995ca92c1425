package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The manifest of a batch, as {@code manifest.json} keeps it. */
public final class ManifestJson {
  /** Room for some ten thousand kinds of errors; a reader need not hold more. */
  public static final int MAX_BYTES = 4 << 20;

  private static final String DOCUMENT = "manifest";

  private ManifestJson() {}

  /** The content of the manifest object, UTF-8. */
  public static byte[] write(Manifest manifest) {
    ObjectNode node = JsonFields.object();
    node.put("batch", manifest.batch().value());
    node.put("pipeline", manifest.pipeline().value());
    node.putObject("source")
        .put("bucket", manifest.source().name().bucket())
        .put("key", manifest.source().name().key())
        .put("version", manifest.source().version())
        .put("bytes", manifest.sourceBytes())
        .put("modified", manifest.sourceModified().toString());
    node.put("landed_at", manifest.landedAt().toString());
    node.put("contract", manifest.contract());
    node.put("code", manifest.code());
    putStatus(node, manifest.status());
    node.putObject("counts")
        .put("read", manifest.counts().read())
        .put("accepted", manifest.counts().accepted())
        .put("rejected", manifest.counts().rejected());
    ObjectNode errors = node.putObject("errors");
    manifest.errors().forEach(errors::put);
    ObjectNode unknown = node.putObject("unknown");
    manifest.unknown().forEach(unknown::put);
    putFiles(node.putArray("raw"), manifest.raw());
    putFiles(node.putArray("quarantine"), manifest.quarantine());
    return JsonFields.write(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the content of a manifest object.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static Manifest read(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    JsonFields fields = JsonFields.read(text, DOCUMENT, MAX_BYTES);
    return JsonFields.make(DOCUMENT, () -> manifest(fields));
  }

  private static Manifest manifest(JsonFields fields) {
    JsonFields source = fields.object("source");
    JsonFields counts = fields.object("counts");
    return new Manifest(
        fields.parsed("batch", BatchId::new),
        fields.parsed("pipeline", PipelineName::new),
        new SourceObject(
            new ObjectName(source.text("bucket"), source.text("key")), source.text("version")),
        source.count("bytes"),
        source.instant("modified"),
        fields.instant("landed_at"),
        fields.text("contract"),
        fields.text("code"),
        status(fields),
        new LandCounts(counts.count("read"), counts.count("accepted"), counts.count("rejected")),
        fields.counts("errors"),
        fields.has("unknown") ? fields.counts("unknown") : Map.of(),
        files(fields.objects("raw")),
        files(fields.objects("quarantine")));
  }

  private static void putStatus(ObjectNode node, LandStatus status) {
    node.put("status", status.word());
    switch (status) {
      case LandStatus.Accepted ignored -> {}
      case LandStatus.Held held -> node.put("reason", held.reason());
      case LandStatus.Rejected rejected -> node.put("reason", rejected.reason());
    }
  }

  private static LandStatus status(JsonFields fields) {
    return fields.parsed(
        "status",
        word ->
            switch (word) {
              case "accepted" -> new LandStatus.Accepted();
              case "held" -> new LandStatus.Held(fields.text("reason"));
              case "rejected" -> new LandStatus.Rejected(fields.text("reason"));
              default -> throw new IllegalArgumentException("accepted, held or rejected is wanted");
            });
  }

  private static void putFiles(ArrayNode array, List<StoredFile> files) {
    for (StoredFile file : files) {
      array
          .addObject()
          .put("name", file.name().toString())
          .put("rows", file.rows())
          .put("bytes", file.sizeBytes());
    }
  }

  private static List<StoredFile> files(List<JsonFields> files) {
    return files.stream()
        .map(
            file ->
                new StoredFile(
                    file.parsed("name", ObjectName::parse),
                    file.count("rows"),
                    file.count("bytes")))
        .toList();
  }
}
