package io.sluice.land;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.contracts.wire.ManifestJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Replay;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.verdict.Landed;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.quarantine.Origin;
import io.sluice.formats.record.RecordReader;
import io.sluice.formats.record.RecordReaders;
import io.sluice.formats.replay.ReplayedRecords;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lands source objects. The order of effects is raw, quarantine, manifest, message: a crash before
 * the manifest leaves files that the next attempt writes again under the same names, unless the
 * contract has changed; a crash after it leaves a batch that the next attempt announces.
 */
public final class Landing {
  private final ObjectStore store;
  private final Layout layout;
  private final Manifests manifests;
  private final Function<PipelineName, Pipeline> declarations;
  private final Function<String, SchemaRegistry> registries;
  private final Announcer<BatchLanded> curate;
  private final InstantSource clock;
  private final String code;

  /**
   * Landing in {@code store}.
   *
   * @param declarations the pipeline of a name as it is declared now
   * @param registries the registry at an address, for records that say which schema wrote them
   * @param curate where batches are announced, held ones too: their rejected records are to be kept
   * @param code the version of the code that lands, for the manifests
   */
  public Landing(
      ObjectStore store,
      Layout layout,
      Function<PipelineName, Pipeline> declarations,
      Function<String, SchemaRegistry> registries,
      Announcer<BatchLanded> curate,
      InstantSource clock,
      String code) {
    this.store = store;
    this.layout = layout;
    this.manifests = new Manifests(store);
    this.declarations = declarations;
    this.registries = registries;
    this.curate = curate;
    this.clock = clock;
    this.code = code;
  }

  /**
   * Lands {@code source}, or says that it is landed.
   *
   * @throws InvalidMessage when its key is not one of {@code landing/<pipeline>/…}
   * @throws io.sluice.core.failure.ConfigurationFailure when its pipeline is not declared, or
   *     wrongly
   */
  public Landed land(SourceObject source) {
    PipelineName pipeline =
        Layout.pipelineOf(source.name())
            .orElseThrow(
                () ->
                    new InvalidMessage(
                        "Invalid source object: "
                            + source.name()
                            + " (landing/<pipeline>/… is wanted)"));
    Optional<StoredObject> stored = store.find(source);
    if (stored.isEmpty()) {
      return new Landed.Gone(source);
    }
    BatchId batch = BatchId.of(pipeline, source);
    ObjectName manifestName = layout.manifest(pipeline, stored.get().modified(), batch);
    Optional<Manifest> before = manifests.find(manifestName);
    if (before.isPresent()) {
      return announced(new Landed.Already(before.get()), before.get(), manifestName);
    }
    Pipeline declared = declarations.apply(pipeline);
    Optional<InputStream> content = store.open(source);
    if (content.isEmpty()) {
      return new Landed.Gone(source);
    }
    SplitBatch split = split(declared, stored.get(), batch, content.get());
    return keep(manifest(declared, stored.get(), batch, split), manifestName);
  }

  private SplitBatch split(
      Pipeline pipeline, StoredObject source, BatchId batch, InputStream content) {
    Origin origin =
        new Origin(
            batch,
            source.source(),
            pipeline.contract().fingerprint(),
            code,
            // Of the source, not of this attempt: every attempt must write the same bytes.
            source.modified());
    RecordReaders readers = new RecordReaders(pipeline, registries);
    try (content;
        Decompression plain = Decompression.open(content, pipeline.ingestion().limits());
        RecordReader records = records(pipeline, source.source().name(), readers, plain);
        RecordSorter sorter =
            new RecordSorter(
                store,
                pipeline,
                RecordReaders.accepted(pipeline),
                BatchFiles.of(layout, pipeline.name(), origin),
                origin)) {
      while (records.next()) {
        sorter.add(records);
      }
      return sorter.finish(readers.unknownFields());
    } catch (UnreadableObject | InvalidMessage e) {
      return new SplitBatch.Unreadable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + source.source() + ": " + e.getMessage(), e);
    }
  }

  private RecordReader records(
      Pipeline pipeline, ObjectName name, RecordReaders readers, InputStream plain)
      throws IOException {
    return Layout.isReplay(name)
        ? new ReplayedRecords(
            store,
            replay(pipeline.name(), plain),
            pipeline.ingestion().limits(),
            (source, content) -> readers.open(source.key(), content))
        : readers.open(name.key(), plain);
  }

  private static Replay replay(PipelineName pipeline, InputStream plain) throws IOException {
    Replay replay = ReplayJson.read(plain.readNBytes(ReplayJson.MAX_BYTES + 1));
    if (!replay.pipeline().equals(pipeline)) {
      throw new InvalidMessage("Invalid replay: it is of pipeline " + replay.pipeline());
    }
    return replay;
  }

  private Landed keep(Manifest manifest, ObjectName name) {
    return switch (store.putIfAbsent(name, ManifestJson.write(manifest))) {
      case CREATED -> announced(new Landed.Now(manifest), manifest, name);
      case EXISTED -> {
        Manifest theirs =
            manifests
                .find(name)
                .orElseThrow(() -> new TransientFailure("Cannot read " + name + ": it is gone"));
        yield announced(new Landed.Already(theirs), theirs, name);
      }
    };
  }

  private Landed announced(Landed verdict, Manifest manifest, ObjectName name) {
    if (!(manifest.status() instanceof LandStatus.Rejected)) {
      curate.announce(manifest.announcement(name));
    }
    return verdict;
  }

  private Manifest manifest(
      Pipeline pipeline, StoredObject source, BatchId batch, SplitBatch split) {
    return new Manifest(
        batch,
        pipeline.name(),
        source.source(),
        source.sizeBytes(),
        source.modified(),
        clock.instant(),
        pipeline.contract().fingerprint(),
        code,
        status(pipeline, source.source(), split),
        split.counts(),
        split.errors(),
        split.unknown(),
        split.raw(),
        split.quarantine());
  }

  /** What a replay brings was held against budget and gates when it first came. */
  private static LandStatus status(Pipeline pipeline, SourceObject source, SplitBatch split) {
    if (split.unreadable().isPresent()) {
      return new LandStatus.Rejected(split.unreadable().get());
    }
    if (Layout.isReplay(source.name())) {
      return new LandStatus.Accepted();
    }
    return pipeline
        .ingestion()
        .rejectBudget()
        .exceededBy(split.counts())
        .or(split::failedGates)
        .<LandStatus>map(LandStatus.Held::new)
        .orElseGet(LandStatus.Accepted::new);
  }
}
