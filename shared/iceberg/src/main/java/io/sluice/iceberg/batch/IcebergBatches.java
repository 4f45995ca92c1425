package io.sluice.iceberg.batch;

import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.BatchTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.branch.ExactCommits;
import io.sluice.iceberg.branch.Summaries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * The table of one pipeline's batches, for who brings it up to date. Its newest snapshot names the
 * head of main up to which batches were looked at, so that a message which was lost is made good by
 * the next.
 */
public final class IcebergBatches implements BatchTable {
  /** In the summary: up to where in main the batches are in the table. */
  static final String INDEXED = "sluice.indexed";

  private final Supplier<Table> index;
  private final Supplier<Table> curated;
  private final PipelineName pipeline;
  private final ObjectStore store;
  private final Layout layout;
  private final String code;

  /**
   * The table that {@code index} opens, or makes, when it is first needed.
   *
   * @param curated opens the pipeline's table as it stands
   * @param lake where manifests and verdicts are
   * @param code the version of the code that commits, for the snapshots' summaries
   */
  public IcebergBatches(
      Supplier<Table> index,
      Supplier<Table> curated,
      PipelineName pipeline,
      Lake lake,
      String code) {
    this.index = index;
    this.curated = curated;
    this.pipeline = pipeline;
    this.store = lake.store();
    this.layout = lake.layout();
    this.code = code;
  }

  /** Objects and their places. */
  public record Lake(ObjectStore store, Layout layout) {}

  @Override
  public void index(SnapshotId snapshot) {
    update(OptionalLong.of(snapshot.value()), Map.of());
  }

  @Override
  public void index(List<LandedBatch> batches) {
    Map<BatchId, ObjectName> manifests = new HashMap<>();
    batches.forEach(batch -> manifests.put(batch.id(), batch.manifestName()));
    update(OptionalLong.empty(), manifests);
  }

  /** Brings up to date the rows of all batches that are landed. */
  public void indexAll() {
    Map<BatchId, ObjectName> manifests = new HashMap<>();
    store.list(
        layout.lakeBucket(),
        Layout.rawPrefix(pipeline),
        object -> {
          ObjectName name = object.source().name();
          if (Layout.isManifest(name.key())) {
            manifest(name).ifPresent(found -> manifests.put(found.batch(), name));
          }
        });
    update(OptionalLong.empty(), manifests);
  }

  private void update(OptionalLong snapshot, Map<BatchId, ObjectName> asked) {
    Table table = index.get();
    new ExactCommits(table)
        .commit(
            (ancestry, head) -> {
              BatchFates fates = new BatchFates(curated.get());
              Map<BatchId, ObjectName> manifests =
                  new HashMap<>(fates.changed(indexed(ancestry), snapshot));
              manifests.putAll(asked);
              Map<String, Record> rows = new HashMap<>();
              BatchRows made = new BatchRows(table.schema(), fates, pipeline, store, layout);
              // Without its manifest a batch has no row: a gate halts for it, and verify names it.
              manifests.forEach(
                  (batch, name) ->
                      manifest(name)
                          .ifPresent(found -> rows.put(batch.value(), made.row(name, found))));
              return new RowExchange(table)
                  .of(rows, head)
                  .map(
                      files -> {
                        files.set(Summaries.CODE, code);
                        fates.main().ifPresent(main -> files.set(INDEXED, Long.toString(main)));
                        return files;
                      });
            });
  }

  /** The head of main that is noted last, if it still is on main. */
  private static OptionalLong indexed(List<Snapshot> ancestry) {
    Optional<String> noted =
        ancestry.stream()
            .map(snapshot -> snapshot.summary().get(INDEXED))
            .filter(Objects::nonNull)
            .findFirst();
    return noted.isPresent() ? OptionalLong.of(Long.parseLong(noted.get())) : OptionalLong.empty();
  }

  private Optional<Manifest> manifest(ObjectName name) {
    return new Manifests(store).find(name);
  }
}
