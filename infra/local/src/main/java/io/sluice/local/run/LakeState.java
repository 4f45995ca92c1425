package io.sluice.local.run;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Manifests;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One pipeline's part of a lake at one moment.
 *
 * @param landing the objects that arrived, by the batches that they are
 * @param manifests what is landed
 * @param snapshots what the table knows, oldest first
 */
record LakeState(
    Map<BatchId, StoredObject> landing,
    Map<BatchId, Manifest> manifests,
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
              }
            });
    Optional<TableReader> table = lake.table(pipeline);
    return new LakeState(
        landing,
        manifests,
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
          boolean isRefused = manifest != null && !manifest.status().word().equals("accepted");
          if (!isOnMain && !isRefused) {
            unfinished.add(object);
          }
        });
    return unfinished;
  }
}
