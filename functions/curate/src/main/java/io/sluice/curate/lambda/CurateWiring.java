package io.sluice.curate.lambda;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.glue.GlueRegistry;
import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.aws.sqs.SqsAnnouncer;
import io.sluice.aws.table.TableFileClients;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.SnapshotAuditedJson;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.ObjectStore;
import io.sluice.curate.Curation;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.table.IcebergTables;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** The whole graph of the curate function. */
@Singleton
public final class CurateWiring {
  private final IcebergBatches.Lake lake;
  private final Declarations declarations;
  private final Manifests manifests;
  private final IcebergTables tables;
  private final Announcer<SnapshotAudited> gate;

  /** Connects to what {@code config} names. */
  @Inject
  public CurateWiring(CurateConfig config) {
    AwsClients clients = new AwsClients();
    ObjectStore store = new S3ObjectStore(clients);
    Layout layout = new Layout(config.lakeBucket());
    lake = new IcebergBatches.Lake(store, layout);
    declarations =
        new Declarations(
            store,
            layout,
            new Registries(
                store,
                layout,
                RegistryAccess.of(config.registry()),
                InstantSource.system(),
                name -> new GlueRegistry(clients, name)));
    manifests = new Manifests(store);
    CatalogSettings catalog =
        new CatalogSettings(
            config.catalog().kind(),
            config.catalog().uri().orElse(""),
            config.catalog().warehouse(),
            TableFileClients.properties());
    tables = new IcebergTables(catalog, config.code());
    gate =
        SqsAnnouncer.fifo(
            clients,
            config.gateQueueUrl(),
            SnapshotAuditedJson::write,
            SnapshotAudited::pipeline,
            () -> UUID.randomUUID().toString());
  }

  /** A graph whose ports are not those of AWS. */
  CurateWiring(
      ObjectStore store, Layout layout, IcebergTables tables, Announcer<SnapshotAudited> gate) {
    this.lake = new IcebergBatches.Lake(store, layout);
    this.declarations = new Declarations(store, layout);
    this.manifests = new Manifests(store);
    this.tables = tables;
    this.gate = gate;
  }

  /** The batch that a message announces, confirmed by its manifest. */
  LandedBatch read(String message) {
    return manifests.confirm(BatchLandedJson.read(message));
  }

  /** Curation as the pipeline is declared now. */
  Curation curation(PipelineName name) {
    Pipeline pipeline = declarations.read(name);
    return new Curation(
        name,
        tables.open(pipeline),
        tables.openQuarantine(pipeline),
        tables.openBatches(pipeline, lake),
        gate);
  }
}
