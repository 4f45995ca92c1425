package io.sluice.local.lake;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsEndpoints;
import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.aws.table.TableFileClients;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.quarantine.IcebergQuarantine;
import io.sluice.iceberg.quarantine.QuarantineReader;
import io.sluice.iceberg.read.TableReader;
import io.sluice.iceberg.table.IcebergTables;
import java.time.InstantSource;
import java.util.Optional;

/** A lake over its endpoints: objects, declarations and tables. */
public final class LakeView implements AutoCloseable {
  private final AwsClients clients;
  private final ObjectStore store;
  private final Layout layout;
  private final Declarations declarations;
  private final String landingBucket;
  private final IcebergTables tables;

  /**
   * The lake behind {@code endpoints}.
   *
   * @param catalogUri the JDBC address of the catalog
   * @param registry as whom contracts are read that are in a registry
   */
  public LakeView(
      AwsEndpoints endpoints,
      String landingBucket,
      String lakeBucket,
      String catalogUri,
      RegistryAccess registry) {
    this.clients = new AwsClients(endpoints);
    this.store = new S3ObjectStore(clients);
    this.layout = new Layout(lakeBucket);
    this.declarations =
        new Declarations(
            store, layout, new Registries(store, layout, registry, InstantSource.system()));
    this.landingBucket = landingBucket;
    this.tables =
        new IcebergTables(
            new CatalogSettings(
                CatalogSettings.Kind.JDBC,
                catalogUri,
                "s3://" + lakeBucket + "/warehouse",
                TableFileClients.properties(endpoints)),
            "command line");
  }

  /** The objects. */
  public ObjectStore store() {
    return store;
  }

  /** Where in the lake's bucket everything is. */
  public Layout layout() {
    return layout;
  }

  /** The bucket that inputs arrive in. */
  public String landingBucket() {
    return landingBucket;
  }

  /**
   * The pipeline of that name as the lake has it declared.
   *
   * @throws ConfigurationFailure when it is not declared
   */
  public Pipeline pipeline(String name) {
    return declarations.read(pipelineName(name));
  }

  /** The table of {@code pipeline}, once a batch was curated into it. */
  public Optional<TableReader> table(Pipeline pipeline) {
    return tables.reader(pipeline);
  }

  /** The rejected records of {@code pipeline}, once curate took one in. */
  public Optional<QuarantineReader> quarantine(Pipeline pipeline) {
    return tables.quarantine(pipeline);
  }

  /** The rejected records of {@code pipeline}, for who discards some of them. */
  public IcebergQuarantine openQuarantine(Pipeline pipeline) {
    return tables.openQuarantine(pipeline);
  }

  /** The batches of {@code pipeline}, once a row of one was written. */
  public Optional<BatchReader> batches(Pipeline pipeline) {
    return tables.batches(pipeline);
  }

  /** The table of the batches of {@code pipeline}, for who brings it up to date. */
  public IcebergBatches openBatches(Pipeline pipeline) {
    return tables.openBatches(pipeline, new IcebergBatches.Lake(store, layout));
  }

  /**
   * Checks that {@code pipeline} fits the table that is there, if one is.
   *
   * @throws ConfigurationFailure when it does not
   */
  public void check(Pipeline pipeline) {
    tables.check(pipeline);
  }

  @Override
  public void close() {
    clients.close();
  }

  private static PipelineName pipelineName(String name) {
    try {
      return new PipelineName(name);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
