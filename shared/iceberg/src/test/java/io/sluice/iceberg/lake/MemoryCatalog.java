package io.sluice.iceberg.lake;

import io.sluice.core.memory.InMemoryObjectStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in memory whose commits can be disturbed: something may be made to happen just before
 * or just after the next of them takes effect, or between looking and committing.
 */
public final class MemoryCatalog extends BaseMetastoreCatalog {
  private final Map<TableIdentifier, String> tables = new ConcurrentHashMap<>();
  private final Queue<Runnable> before = new ArrayDeque<>();
  private final Queue<Runnable> after = new ArrayDeque<>();
  private final Queue<Runnable> refreshed = new ArrayDeque<>();
  private final StoreFiles files;

  MemoryCatalog(InMemoryObjectStore store) {
    this.files = new StoreFiles(store);
  }

  /** Every file that was opened to be read, once for each time; may be cleared. */
  public List<String> opened() {
    return files.opened();
  }

  /** Runs {@code disturbance} when the next commit is about to take effect. */
  public void beforeNextCommit(Runnable disturbance) {
    before.add(disturbance);
  }

  /** Runs {@code disturbance} when the next commit has taken effect and nobody knows yet. */
  public void afterNextCommit(Runnable disturbance) {
    after.add(disturbance);
  }

  /** Runs {@code disturbance} when somebody has just read where a table stands. */
  public void afterNextRefresh(Runnable disturbance) {
    refreshed.add(disturbance);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new Operations(identifier);
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    return "s3://lake/warehouse/" + identifier.namespace() + "/" + identifier.name();
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return new ArrayList<>(tables.keySet());
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    return tables.remove(identifier) != null;
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    throw new UnsupportedOperationException("No table is renamed here");
  }

  private static void disturb(Queue<Runnable> disturbances) {
    Runnable next = disturbances.poll();
    if (next != null) {
      next.run();
    }
  }

  private final class Operations extends BaseMetastoreTableOperations {
    private final TableIdentifier identifier;

    Operations(TableIdentifier identifier) {
      this.identifier = identifier;
    }

    @Override
    protected String tableName() {
      return identifier.toString();
    }

    @Override
    public FileIO io() {
      return files;
    }

    @Override
    protected void doRefresh() {
      String location = tables.get(identifier);
      if (location == null) {
        disableRefresh();
      } else {
        refreshFromMetadataLocation(location);
        disturb(refreshed);
      }
    }

    @Override
    protected void doCommit(@Nullable TableMetadata base, TableMetadata metadata) {
      String location = writeNewMetadataIfRequired(base == null, metadata);
      disturb(before);
      boolean isFirst =
          base == null
              ? tables.putIfAbsent(identifier, location) == null
              : tables.replace(identifier, base.metadataFileLocation(), location);
      if (!isFirst) {
        throw new CommitFailedException("Somebody else changed %s", identifier);
      }
      disturb(after);
    }
  }
}
