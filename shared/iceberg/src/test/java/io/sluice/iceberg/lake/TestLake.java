package io.sluice.iceberg.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.ManifestJson;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Replay;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.decode.UnknownFields;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.formats.quarantine.Origin;
import io.sluice.formats.quarantine.QuarantineWriter;
import io.sluice.formats.quarantine.Redaction;
import io.sluice.formats.quarantine.RejectedRecord;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.quarantine.IcebergQuarantine;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.iceberg.read.TableReader;
import io.sluice.iceberg.read.TableReader.RowFormat;
import io.sluice.iceberg.table.IcebergTable;
import io.sluice.iceberg.table.IcebergTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** A lake in memory, with what a test wants to do to it. */
public final class TestLake {
  /** When the first batch lands; each one after it lands a minute later. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The version of the code, as tests have it. */
  public static final String CODE = "test";

  private final Layout layout = new Layout("lake");
  private Instant now = START;
  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> now);
  private final DisturbedCatalog catalog = new DisturbedCatalog(store);

  /** The objects. */
  public InMemoryObjectStore store() {
    return store;
  }

  /** Where they are. */
  public Layout layout() {
    return layout;
  }

  /** The catalog. */
  public DisturbedCatalog catalog() {
    return catalog;
  }

  /** What it is now in the lake. */
  public Instant now() {
    return now;
  }

  /** The tables. */
  public IcebergTables tables() {
    return new IcebergTables(catalog, CODE);
  }

  /** Puts a declaration into the lake and reads it. */
  public Pipeline declare(String name, String yaml, String contract) {
    PipelineName pipeline = new PipelineName(name);
    store.put(layout.declaration(pipeline, Declarations.FILE), yaml.getBytes(UTF_8));
    store.put(layout.declaration(pipeline, "contract.avsc"), contract.getBytes(UTF_8));
    return new Declarations(store, layout).read(pipeline);
  }

  /** The table of {@code pipeline}, made if it is not there. */
  public IcebergTable table(Pipeline pipeline) {
    return tables().open(pipeline);
  }

  /** The table of the rejected records of {@code pipeline}. */
  public IcebergQuarantine quarantine(Pipeline pipeline) {
    return tables().openQuarantine(pipeline);
  }

  /** The table of the batches of {@code pipeline}. */
  public IcebergBatches batches(Pipeline pipeline) {
    return tables().openBatches(pipeline, new IcebergBatches.Lake(store, layout));
  }

  /** The rows of the batches of {@code pipeline}, as {@link BatchReader} gives them. */
  public List<Map<String, Object>> batchRows(Pipeline pipeline) {
    return tables().batches(pipeline).map(BatchReader::rows).orElse(List.of());
  }

  /** The rejected records of {@code pipeline} with their bytes, by their ids. */
  public Map<String, QuarantineEntry> quarantined(Pipeline pipeline) {
    Map<String, QuarantineEntry> entries = new TreeMap<>();
    tables()
        .quarantine(pipeline)
        .ifPresent(
            reader -> {
              Set<String> ids = new HashSet<>();
              reader.forEach(entry -> ids.add(entry.id()));
              reader.forEach(
                  ids,
                  entry -> {
                    if (entries.put(entry.id(), entry) != null) {
                      throw new AssertionError("Twice in quarantine: " + entry.id());
                    }
                  });
            });
    return entries;
  }

  /** The same table as Iceberg knows it, for what somebody else might do to it. */
  public Table foreign(Pipeline pipeline) {
    return catalog.loadTable(
        TableIdentifier.of(pipeline.table().namespace(), pipeline.table().name()));
  }

  /** Lands {@code lines} as the file {@code name}, a minute after the one before it. */
  public LandedBatch land(Pipeline pipeline, String name, String... lines) {
    now = now.plus(Duration.ofMinutes(1));
    return land(pipeline, name, now, lines);
  }

  /** Lands changes, which have {@code _op} and {@code _position} beside the contract's fields. */
  public LandedBatch landChanges(Pipeline pipeline, String name, String... lines) {
    return land(
        new Pipeline(
            pipeline.name(),
            pipeline.version(),
            pipeline.owner(),
            ChangeColumns.raw(pipeline.contract()),
            pipeline.ingestion(),
            pipeline.transformation(),
            pipeline.gates(),
            pipeline.storage()),
        name,
        lines);
  }

  /** Puts records of {@code pipeline} through it again: lands them as land would. */
  public LandedBatch replay(Pipeline pipeline, List<Replay.Part> parts, String... lines) {
    now = now.plus(Duration.ofMinutes(1));
    Replay replay = new Replay(pipeline.name(), pipeline.contract().fingerprint(), parts);
    String key = Layout.replayPrefix(pipeline.name()) + now.getEpochSecond() + ".json";
    return land(
        pipeline, store.put(new ObjectName("landing", key), ReplayJson.write(replay)), now, lines);
  }

  /** Lands {@code lines} as a batch that is above its budget. */
  public LandedBatch hold(Pipeline pipeline, String name, String... lines) {
    LandedBatch batch = land(pipeline, name, lines);
    Manifest manifest = batch.manifest();
    return keep(
        new Manifest(
            manifest.batch(),
            manifest.pipeline(),
            manifest.source(),
            manifest.sourceBytes(),
            manifest.sourceModified(),
            manifest.landedAt(),
            manifest.contract(),
            manifest.code(),
            new LandStatus.Held("too many"),
            manifest.counts(),
            manifest.errors(),
            manifest.unknown(),
            manifest.raw(),
            manifest.quarantine()));
  }

  /** Lands {@code lines} as the file {@code name}, last modified at {@code modified}. */
  public LandedBatch land(Pipeline pipeline, String name, Instant modified, String... lines) {
    byte[] content = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    SourceObject source =
        store.put(new ObjectName("landing", Layout.landingPrefix(pipeline.name()) + name), content);
    return land(pipeline, source, modified, lines);
  }

  private LandedBatch land(
      Pipeline pipeline, SourceObject source, Instant modified, String... lines) {
    BatchId batch = BatchId.of(pipeline.name(), source);
    List<StoredFile> raw = new ArrayList<>();
    List<StoredFile> quarantine = new ArrayList<>();
    UnknownFields unknown = new UnknownFields();
    split(
        RecordDecoder.compile(pipeline.contract(), unknown),
        pipeline,
        source,
        modified,
        lines,
        raw,
        quarantine);
    long accepted = raw.stream().mapToLong(StoredFile::rows).sum();
    Manifest manifest =
        new Manifest(
            batch,
            pipeline.name(),
            source,
            store.find(source).orElseThrow().sizeBytes(),
            modified,
            now,
            pipeline.contract().fingerprint(),
            CODE,
            new LandStatus.Accepted(),
            new LandCounts(lines.length, accepted, lines.length - accepted),
            Map.of(),
            unknown.counts(),
            raw,
            quarantine);
    return keep(manifest);
  }

  /** Puts {@code manifest} where it belongs, in the place of any other. */
  public LandedBatch keep(Manifest manifest) {
    ObjectName name =
        layout.manifest(manifest.pipeline(), manifest.sourceModified(), manifest.batch());
    store.put(name, ManifestJson.write(manifest));
    return new LandedBatch(name, manifest);
  }

  private void split(
      RecordDecoder decoder,
      Pipeline pipeline,
      SourceObject source,
      Instant modified,
      String[] lines,
      List<StoredFile> raw,
      List<StoredFile> quarantine) {
    BatchId batch = BatchId.of(pipeline.name(), source);
    Origin origin = new Origin(batch, source, pipeline.contract().fingerprint(), CODE, modified);
    ObjectName rawName = layout.raw(pipeline.name(), modified, batch, origin.contract());
    ObjectName quarantineName =
        layout.quarantine(pipeline.name(), modified, batch, origin.contract());
    try (RawBatchWriter good = new RawBatchWriter(store, rawName, pipeline.contract());
        QuarantineWriter bad =
            new QuarantineWriter(store, quarantineName, origin, Redaction.NONE)) {
      int rejected = 0;
      for (int ordinal = 0; ordinal < lines.length; ordinal++) {
        byte[] bytes = lines[ordinal].getBytes(UTF_8);
        switch (decoder.decode(bytes, 0, bytes.length)) {
          case Decoded.Accepted accepted -> good.append(accepted.record(), ordinal);
          case Decoded.Rejected reasons -> {
            rejected++;
            bad.append(
                new RejectedRecord(
                    ordinal,
                    ordinal + 1,
                    0,
                    ByteBuffer.wrap(bytes),
                    reasons.errorClass(),
                    reasons.errors()));
          }
        }
      }
      if (rejected < lines.length) {
        raw.add(good.complete());
      }
      if (rejected > 0) {
        quarantine.add(bad.complete());
      }
    }
  }

  /** What an auditor says who reads only the lake. */
  public AuditReport audit(Pipeline pipeline) {
    return reader(pipeline).audit(store, layout);
  }

  /** The rows that {@code reference} has, one JSON object each; none where it has no snapshot. */
  public List<String> rows(Pipeline pipeline, String reference) {
    TableReader reader = reader(pipeline);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader
        .resolve(reference)
        .ifPresent(
            snapshot -> {
              try {
                reader.write(snapshot, RowFormat.NDJSON, out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return out.toString(UTF_8).lines().toList();
  }

  /** Who only reads. */
  public TableReader reader(Pipeline pipeline) {
    return tables().reader(pipeline).orElseThrow();
  }
}
