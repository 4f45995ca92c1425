package io.sluice.iceberg.table;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.TableName;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.iceberg.batch.BatchShape;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.merge.KnownKeys;
import io.sluice.iceberg.quarantine.IcebergQuarantine;
import io.sluice.iceberg.quarantine.QuarantineReader;
import io.sluice.iceberg.quarantine.QuarantineShape;
import io.sluice.iceberg.read.TableReader;
import io.sluice.iceberg.schema.TableEvolution;
import io.sluice.iceberg.schema.TableShape;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.types.Types;

/** The tables of a lake: made at first use, in the shape that their pipelines declare. */
public final class IcebergTables {
  /** A table changes its shape once in weeks; ten lost races mean that something else is wrong. */
  private static final int MOST_ATTEMPTS = 10;

  private final Catalog catalog;
  private final String code;
  private final KnownKeys known = new KnownKeys();

  /**
   * The tables of {@code catalog}.
   *
   * @param code the version of the code that commits, for the snapshots' summaries
   */
  public IcebergTables(CatalogSettings catalog, String code) {
    this(catalog.open(), code);
  }

  /** The tables of a catalog that is open already, such as one in memory. */
  public IcebergTables(Catalog catalog, String code) {
    this.catalog = catalog;
    this.code = code;
  }

  /**
   * The table of {@code pipeline}, made if it is not there, and taken to the shape that is declared
   * if it has another.
   *
   * @throws ConfigurationFailure when the table that is there cannot become what the pipeline
   *     declares without a loss
   */
  public IcebergTable open(Pipeline pipeline) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Table table = find(pipeline.table()).orElseGet(() -> create(pipeline));
      try {
        new TableEvolution(pipeline, table).require().apply();
        return new IcebergTable(table, pipeline, code, known, this::find);
      } catch (CommitFailedException e) {
        // Somebody changed the table: look again what is left to do.
      } catch (CommitStateUnknownException e) {
        throw new UnknownOutcome("Cannot tell whether " + table.name() + " was changed", e);
      }
    }
    throw new TransientFailure(
        "Cannot change "
            + pipeline.table()
            + " as it is declared: lost "
            + MOST_ATTEMPTS
            + " races in a row");
  }

  /**
   * The table of {@code pipeline}, made if it is not there, whatever its columns are: whether they
   * are as declared is for a gate to judge.
   */
  public IcebergTable audited(Pipeline pipeline) {
    Table table = find(pipeline.table()).orElseGet(() -> create(pipeline));
    return new IcebergTable(table, pipeline, code, known, this::find);
  }

  /** The table of the rejected records of {@code pipeline}, made when the first is kept. */
  public IcebergQuarantine openQuarantine(Pipeline pipeline) {
    return new IcebergQuarantine(
        () -> quarantineTable(pipeline),
        () -> find(TableName.quarantine(pipeline.name())),
        pipeline.transformation().merge().onConflict(),
        code);
  }

  /**
   * The rejected records of {@code pipeline} for who only reads; none before the first was kept.
   */
  public Optional<QuarantineReader> quarantine(Pipeline pipeline) {
    return find(TableName.quarantine(pipeline.name())).map(QuarantineReader::new);
  }

  /**
   * The table of the batches of {@code pipeline}, made when the first row is written.
   *
   * @param lake where manifests and verdicts are
   */
  public IcebergBatches openBatches(Pipeline pipeline, IcebergBatches.Lake lake) {
    return new IcebergBatches(
        () -> ownTable(TableName.batches(pipeline.name()), BatchShape.shape()),
        () -> find(pipeline.table()).orElseGet(() -> create(pipeline)),
        pipeline.name(),
        lake,
        code);
  }

  /** The batches of {@code pipeline} for who only reads; none before the first row was written. */
  public Optional<BatchReader> batches(Pipeline pipeline) {
    return find(TableName.batches(pipeline.name())).map(BatchReader::new);
  }

  /** The table of {@code pipeline} for who only reads; none before the first batch was curated. */
  public Optional<TableReader> reader(Pipeline pipeline) {
    return find(pipeline.table())
        .map(
            table ->
                new TableReader(
                    table,
                    pipeline,
                    quarantine(pipeline).stream().toList(),
                    batches(pipeline).stream().toList()));
  }

  /**
   * Checks that {@code pipeline} fits its table, if it has one, or can be made to.
   *
   * @throws ConfigurationFailure when it cannot
   */
  public void check(Pipeline pipeline) {
    find(pipeline.table()).ifPresent(table -> new TableEvolution(pipeline, table).require());
  }

  private Optional<Table> find(TableName name) {
    TableIdentifier identifier = identifier(name);
    return catalog.tableExists(identifier)
        ? Optional.of(catalog.loadTable(identifier))
        : Optional.empty();
  }

  private Table quarantineTable(Pipeline pipeline) {
    return ownTable(TableName.quarantine(pipeline.name()), QuarantineShape.shape());
  }

  /** A table whose columns are the same for every pipeline, made if it is not there. */
  private Table ownTable(TableName name, TableShape shape) {
    Table table = find(name).orElseGet(() -> create(name, shape, ""));
    List<String> wanted = columns(shape.schema());
    if (!columns(table.schema()).equals(wanted)) {
      throw new ConfigurationFailure(
          "Cannot use table " + name + ": it has other columns than " + String.join(", ", wanted));
    }
    return table;
  }

  private static List<String> columns(Schema schema) {
    return schema.columns().stream().map(Types.NestedField::name).toList();
  }

  private Table create(Pipeline pipeline) {
    String location = pipeline.storage().declaredLocation().map(ObjectName::toString).orElse("");
    return create(pipeline.table(), TableShape.of(pipeline), location);
  }

  /** Makes a table at {@code location}, or where the catalog puts it when that is empty. */
  private Table create(TableName name, TableShape shape, String location) {
    createNamespace(name.namespace());
    Catalog.TableBuilder builder =
        catalog
            .buildTable(identifier(name), shape.schema())
            .withPartitionSpec(shape.spec())
            .withSortOrder(shape.order())
            .withProperties(shape.properties());
    if (!location.isEmpty()) {
      builder.withLocation(location);
    }
    try {
      return builder.create();
    } catch (AlreadyExistsException e) {
      return catalog.loadTable(identifier(name));
    } catch (CommitStateUnknownException e) {
      throw new UnknownOutcome("Cannot tell whether table " + name + " was made", e);
    }
  }

  private void createNamespace(String name) {
    if (catalog instanceof SupportsNamespaces namespaces) {
      try {
        namespaces.createNamespace(Namespace.of(name));
      } catch (AlreadyExistsException e) {
        // Somebody made it: that is all that is wanted.
      }
    }
  }

  private static TableIdentifier identifier(TableName name) {
    return TableIdentifier.of(name.namespace(), name.name());
  }
}
