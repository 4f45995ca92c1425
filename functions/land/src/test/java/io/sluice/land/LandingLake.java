package io.sluice.land;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.wire.ManifestJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.ObjectStore;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.quarantine.QuarantineFile;
import io.sluice.formats.quarantine.QuarantinedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A lake in memory with one pipeline, {@code orders}, whose records have an id and an amount. */
public final class LandingLake {
  private final String ingestion;

  /** When everything in it happens. */
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** What is declared at first. */
  static final String CONTRACT =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "amount", "type": ["null", "double"], "default": null}]}
      """;

  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOW);
  private final Layout layout = new Layout("lake");
  private final Registries registries =
      new Registries(store, layout, RegistryAccess.NONE, () -> NOW);

  /** Declares the pipeline with a reject budget of a half. */
  public LandingLake() {
    this("format: ndjson");
  }

  /** The same with one line of its own under {@code ingestion}, which may be empty. */
  public LandingLake(String ingestion) {
    this.ingestion = ingestion;
    declareRules("  []\n");
    declareContract(CONTRACT);
  }

  /** Declares the pipeline with {@code rules}, a list indented by two. */
  void declareRules(String rules) {
    declare(
        new PipelineName("orders"),
        Declarations.FILE,
        """
        pipeline: { name: orders, version: "1", owner: test }
        transformation: { idempotency_key: [id], event_time: at }
        storage: { format: iceberg }
        ingestion:
          source: s3
          INGESTION
          contract: contract.avsc
          reject_budget: { rate: 0.5 }
          rules:
        """
                .replace("INGESTION", ingestion)
            + rules.indent(2).replace("  quality:", "quality:"));
  }

  /** Declares the pipeline with {@code gates}, each as in {@code pipeline.yaml}. */
  void declareGates(String... gates) {
    declareRules("  []\nquality:\n  gates:\n    - " + String.join("\n    - ", gates) + "\n");
  }

  /** Declares another contract in the place of the one that is there. */
  public void declareContract(String json) {
    declare(new PipelineName("orders"), "contract.avsc", json);
  }

  private void declare(PipelineName pipeline, String file, String content) {
    store.put(layout.declaration(pipeline, file), content.getBytes(UTF_8));
  }

  /** A record that matches the contract. */
  public static String order(String id) {
    return "{\"id\":\"" + id + "\",\"at\":1767225600000}";
  }

  /** Puts an input. */
  public SourceObject input(String key, String... lines) {
    return input(key, (String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  /** Puts an input. */
  public SourceObject input(String key, byte[] content) {
    return store.put(new ObjectName("landing", key), content);
  }

  /** The objects. */
  public InMemoryObjectStore store() {
    return store;
  }

  /** The stage over {@code port}, which may be disturbed. */
  public Landing landing(ObjectStore port, Announcer<BatchLanded> curate) {
    return new Landing(
        port,
        layout,
        new Declarations(store, layout)::read,
        registries::at,
        curate,
        () -> NOW,
        "test");
  }

  /** The stage, which finds that {@code meanwhile} happened after it looked for the manifest. */
  public Landing landing(Runnable meanwhile, Announcer<BatchLanded> curate) {
    return new Landing(
        store,
        layout,
        name -> {
          meanwhile.run();
          return new Declarations(store, layout).read(name);
        },
        registries::at,
        curate,
        () -> NOW.plusSeconds(1),
        "another");
  }

  /** All keys that start with {@code prefix}. */
  public List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list("lake", prefix, object -> keys.add(object.source().name().key()));
    return keys;
  }

  /** What land left behind: every object that starts with {@code prefix}, its bytes as hex. */
  public Map<String, String> contents(String prefix) {
    Map<String, String> contents = new TreeMap<>();
    keys(prefix).forEach(key -> contents.put(key, HexFormat.of().formatHex(read(key))));
    return contents;
  }

  /** The only manifest there is. */
  public Manifest manifest() {
    List<String> manifests = keys("raw/").stream().filter(Layout::isManifest).toList();
    if (manifests.size() != 1) {
      throw new AssertionError("Manifests: " + manifests);
    }
    return ManifestJson.read(read(manifests.getFirst()));
  }

  /** Every rejected record of the only batch. */
  List<QuarantinedRecord> quarantined() throws IOException {
    List<QuarantinedRecord> records = new ArrayList<>();
    for (StoredFile file : manifest().quarantine()) {
      QuarantineFile.read(new BytesFile(read(file.name().key())), records::add);
    }
    return records;
  }

  /** The content of an object of the lake. */
  public byte[] read(String key) {
    return store.read(new ObjectName("lake", key), Integer.MAX_VALUE).orElseThrow();
  }
}
