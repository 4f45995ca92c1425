package io.sluice.iceberg.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
 * A catalog in memory. Tables' metadata are kept as they are, not as files; manifests and data are
 * files. What extends it may disturb whoever looks or commits.
 */
public class MemoryCatalog extends BaseMetastoreCatalog {
  private final Map<TableIdentifier, TableMetadata> tables = new ConcurrentHashMap<>();
  private final AtomicLong commits = new AtomicLong();
  private final FileIO files;

  /** An empty catalog whose tables have their files in {@code files}. */
  public MemoryCatalog(FileIO files) {
    this.files = files;
  }

  /** The metadata of a table, if there is one of that name. */
  public final Optional<TableMetadata> metadata(TableIdentifier table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** Puts a table there as {@code metadata} describe it. */
  public final void restore(TableIdentifier table, TableMetadata metadata) {
    tables.put(table, metadata);
  }

  /** Somebody is about to read where {@code table} stands. */
  protected void refreshing(TableIdentifier table) {}

  /** Somebody has just read where {@code table} stands. */
  protected void refreshed(TableIdentifier table) {}

  /** A commit of {@code metadata} is about to take effect. */
  protected void committing(TableIdentifier table, TableMetadata metadata) {}

  /** A commit of {@code metadata} has taken effect and nobody knows yet. */
  protected void committed(TableIdentifier table, TableMetadata metadata) {}

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
      refreshing(identifier);
      TableMetadata metadata = tables.get(identifier);
      if (metadata == null) {
        disableRefresh();
      } else {
        refreshFromMetadataLocation(metadata.metadataFileLocation(), null, 0, ignored -> metadata);
        refreshed(identifier);
      }
    }

    @Override
    protected void doCommit(@Nullable TableMetadata base, TableMetadata metadata) {
      TableMetadata placed =
          TableMetadata.buildFrom(metadata)
              .discardChanges()
              .withMetadataLocation(
                  metadata.location() + "/metadata/" + commits.incrementAndGet() + ".json")
              .build();
      committing(identifier, placed);
      boolean isFirst =
          base == null
              ? tables.putIfAbsent(identifier, placed) == null
              : tables.replace(identifier, base, placed);
      if (!isFirst) {
        throw new CommitFailedException("Somebody else changed %s", identifier);
      }
      committed(identifier, placed);
    }
  }
}
