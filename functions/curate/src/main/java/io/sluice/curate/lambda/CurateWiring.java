package io.sluice.curate.lambda;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.glue.FunctionRegistries;
import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.aws.sqs.Patience;
import io.sluice.aws.sqs.Patience.Postponement;
import io.sluice.aws.sqs.SqsAnnouncer;
import io.sluice.aws.sqs.SqsPostponement;
import io.sluice.aws.table.TableFileClients;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.pipeline.Pipeline;
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
import io.sluice.curate.Drain;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.table.IcebergTables;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** The whole graph of the curate function. */
@Singleton
public final class CurateWiring {
  private final IcebergBatches.Lake lake;
  private final Declarations declarations;
  private final Manifests manifests;
  private final IcebergTables tables;
  private final Announcer<SnapshotAudited> gate;
  private final Postponement postponement;
  private final Duration longestWait;
  private final InstantSource clock;

  /** Connects to what {@code config} names. */
  @Inject
  public CurateWiring(CurateConfig config) {
    AwsClients clients = new AwsClients();
    ObjectStore store = new S3ObjectStore(clients);
    Layout layout = new Layout(config.lakeBucket());
    lake = new IcebergBatches.Lake(store, layout);
    declarations =
        new Declarations(
            store, layout, FunctionRegistries.open(clients, store, layout, config.registry()));
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
    postponement = new SqsPostponement(clients, config.queueUrl());
    longestWait = config.longestWait();
    clock = InstantSource.system();
  }

  /** A graph whose ports are not those of AWS. */
  CurateWiring(
      ObjectStore store,
      Layout layout,
      IcebergTables tables,
      Announcer<SnapshotAudited> gate,
      Postponement postponement,
      Duration longestWait,
      InstantSource clock) {
    this.lake = new IcebergBatches.Lake(store, layout);
    this.declarations = new Declarations(store, layout);
    this.manifests = new Manifests(store);
    this.tables = tables;
    this.gate = gate;
    this.postponement = postponement;
    this.longestWait = longestWait;
    this.clock = clock;
  }

  /** The batch that a message announces, confirmed by its manifest. */
  LandedBatch read(String message) {
    return manifests.confirm(BatchLandedJson.read(message));
  }

  /** How long batches of one pipeline wait for others, as it is declared now. */
  Patience<LandedBatch> patience() {
    return new Patience<>(this::wait, postponement);
  }

  private Duration wait(List<LandedBatch> batches) {
    if (!longestWait.isPositive()) {
      return Duration.ZERO;
    }
    Pipeline pipeline = declarations.read(batches.getFirst().manifest().pipeline());
    Duration wanted = pipeline.transformation().batchInterval();
    Duration interval = wanted.compareTo(longestWait) < 0 ? wanted : longestWait;
    return Drain.wait(batches, interval, clock.instant());
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
