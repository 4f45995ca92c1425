package io.sluice.simulation.lake;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.id.TableName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.iceberg.memory.MemoryCatalog;
import io.sluice.iceberg.memory.StoreFiles;
import io.sluice.iceberg.table.IcebergTables;
import io.sluice.simulation.feed.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.TableMetadata;

/** Empty tables, made once for each kind: most worlds begin with a copy. */
public final class Templates {
  private final Map<Kind, TableMetadata> made = new ConcurrentHashMap<>();

  /** Puts the empty table of {@code pipeline} into {@code catalog}. */
  public void restore(Kind kind, Pipeline pipeline, MemoryCatalog catalog) {
    TableName name = pipeline.table();
    catalog.restore(
        SimulatedCatalog.identifier(name),
        made.computeIfAbsent(kind, ignored -> make(pipeline, name)));
  }

  private static TableMetadata make(Pipeline pipeline, TableName name) {
    MemoryCatalog catalog =
        new MemoryCatalog(new StoreFiles(new InMemoryObjectStore(() -> Instant.EPOCH)));
    new IcebergTables(catalog, "template").open(pipeline);
    return catalog.metadata(SimulatedCatalog.identifier(name)).orElseThrow();
  }
}
