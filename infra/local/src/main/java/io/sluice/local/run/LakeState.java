package io.sluice.local.run;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.BatchId;
import io.sluice.core.port.StoredObject;
import io.sluice.iceberg.read.TableHistory.Entry;
import io.sluice.iceberg.read.TableHistory.Head;
import io.sluice.iceberg.read.TableHistory.Place;
import io.sluice.iceberg.read.TableReader;
import io.sluice.local.lake.LakeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One pipeline's part of a lake at one moment.
 *
 * @param landing the objects that arrived, by the batches that they are
 * @param manifests what is landed
 * @param released the held batches that somebody let go on
 * @param snapshots what the table knows, oldest first
 */
record LakeState(
    Map<BatchId, StoredObject> landing,
    Map<BatchId, Manifest> manifests,
    Set<BatchId> released,
    List<Entry> snapshots,
    List<Head> main,
    List<Head> audit) {
  static LakeState look(LakeView lake, Pipeline pipeline) {
    Map<BatchId, StoredObject> landing = new TreeMap<>();
    lake.store()
        .list(
            lake.landingBucket(),
            Layout.landingPrefix(pipeline.name()),
            object -> landing.put(BatchId.of(pipeline.name(), object.source()), object));
    Map<BatchId, Manifest> manifests = new TreeMap<>();
    Set<BatchId> released = new HashSet<>();
    Manifests documents = new Manifests(lake.store());
    lake.store()
        .list(
            lake.layout().lakeBucket(),
            Layout.rawPrefix(pipeline.name()),
            object -> {
              if (Layout.isManifest(object.source().name().key())) {
                documents
                    .find(object.source().name())
                    .ifPresent(manifest -> manifests.put(manifest.batch(), manifest));
              } else if (Layout.isRelease(object.source().name().key())) {
                documents
                    .readRelease(object.source().name())
                    .ifPresent(release -> released.add(release.batch()));
              }
            });
    Optional<TableReader> table = lake.table(pipeline);
    return new LakeState(
        landing,
        manifests,
        released,
        table.map(reader -> reader.history().entries()).orElse(List.of()),
        table.flatMap(reader -> reader.history().main()).stream().toList(),
        table.flatMap(reader -> reader.history().audit()).stream().toList());
  }

  /** The objects of which something is left to do: not landed, or landed and not yet on main. */
  List<StoredObject> unfinished() {
    List<StoredObject> unfinished = new ArrayList<>();
    landing.forEach(
        (batch, object) -> {
          Manifest manifest = manifests.get(batch);
          boolean isOnMain =
              snapshots.stream()
                  .filter(entry -> entry.place() == Place.MAIN)
                  .anyMatch(entry -> entry.content().accounts().containsKey(batch));
          if (!isOnMain && (manifest == null || goesOn(manifest))) {
            unfinished.add(object);
          }
        });
    return unfinished;
  }

  /** Whether the records that land accepted are to be in the table. */
  boolean goesOn(Manifest manifest) {
    return switch (manifest.status()) {
      case LandStatus.Accepted ignored -> true;
      case LandStatus.Held ignored -> released.contains(manifest.batch());
      case LandStatus.Rejected ignored -> false;
    };
  }
}
