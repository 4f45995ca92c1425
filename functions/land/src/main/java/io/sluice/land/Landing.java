package io.sluice.land;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.ManifestJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
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
  private final Announcer<BatchLanded> curate;
  private final InstantSource clock;
  private final String code;

  /**
   * Landing in {@code store}.
   *
   * @param declarations the pipeline of a name as it is declared now
   * @param curate where accepted batches are announced
   * @param code the version of the code that lands, for the manifests
   */
  public Landing(
      ObjectStore store,
      Layout layout,
      Function<PipelineName, Pipeline> declarations,
      Announcer<BatchLanded> curate,
      InstantSource clock,
      String code) {
    this.store = store;
    this.layout = layout;
    this.manifests = new Manifests(store);
    this.declarations = declarations;
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
    RecordReaders readers = new RecordReaders(pipeline);
    try (content;
        Decompression plain = Decompression.open(content, pipeline.ingestion().limits());
        RecordReader records = readers.open(source.source().name().key(), plain);
        RecordSorter sorter =
            new RecordSorter(
                store,
                pipeline,
                readers.accepted(),
                BatchFiles.of(layout, pipeline.name(), origin),
                origin)) {
      while (records.next()) {
        sorter.add(records);
      }
      return sorter.finish();
    } catch (UnreadableObject e) {
      return new SplitBatch.Unreadable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + source.source() + ": " + e.getMessage(), e);
    }
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
    if (manifest.status() instanceof LandStatus.Accepted) {
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
        status(pipeline, split),
        split.counts(),
        split.errors(),
        split.raw(),
        split.quarantine());
  }

  private static LandStatus status(Pipeline pipeline, SplitBatch split) {
    if (split.unreadable().isPresent()) {
      return new LandStatus.Rejected(split.unreadable().get());
    }
    return pipeline
        .ingestion()
        .rejectBudget()
        .exceededBy(split.counts())
        .<LandStatus>map(LandStatus.Held::new)
        .orElseGet(LandStatus.Accepted::new);
  }
}
