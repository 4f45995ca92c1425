package io.sluice.gate.lambda;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.glue.FunctionRegistries;
import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.aws.sns.SnsAnnouncer;
import io.sluice.aws.sqs.SqsAnnouncer;
import io.sluice.aws.table.TableFileClients;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.SnapshotPublishedJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.BatchTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.gate.Gating;
import io.sluice.gate.Publications;
import io.sluice.gate.Rules;
import io.sluice.gate.VerdictLog;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.table.IcebergTables;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** The whole graph of the gate function. */
@Singleton
public final class GateWiring {
  private final ObjectStore store;
  private final Layout layout;
  private final Declarations declarations;
  private final String code;
  private final IcebergTables tables;
  private final Announcer<BatchLanded> curate;
  private final Announcer<SnapshotPublished> published;

  /** Connects to what {@code config} names. */
  @Inject
  public GateWiring(GateConfig config) {
    AwsClients clients = new AwsClients();
    store = new S3ObjectStore(clients);
    layout = new Layout(config.lakeBucket());
    declarations =
        new Declarations(
            store, layout, FunctionRegistries.open(clients, store, layout, config.registry()));
    code = config.code();
    CatalogSettings catalog =
        new CatalogSettings(
            config.catalog().kind(),
            config.catalog().uri().orElse(""),
            config.catalog().warehouse(),
            TableFileClients.properties());
    tables = new IcebergTables(catalog, code);
    curate =
        SqsAnnouncer.fifo(
            clients,
            config.curateQueueUrl(),
            BatchLandedJson::write,
            BatchLanded::pipeline,
            () -> UUID.randomUUID().toString());
    published =
        new SnsAnnouncer<>(clients, config.publishedTopicArn(), SnapshotPublishedJson::write);
  }

  /** A graph whose ports are not those of AWS. */
  GateWiring(
      ObjectStore store,
      Layout layout,
      IcebergTables tables,
      Announcer<BatchLanded> curate,
      Announcer<SnapshotPublished> published) {
    this.store = store;
    this.layout = layout;
    this.declarations = new Declarations(store, layout);
    this.tables = tables;
    this.curate = curate;
    this.published = published;
    this.code = "test";
  }

  /** Gating as the pipeline is declared now. */
  Gating gating(PipelineName name) {
    Pipeline pipeline = declarations.read(name);
    AuditedTable table = tables.audited(pipeline);
    VerdictLog log = new VerdictLog(name, store, layout, InstantSource.system(), code);
    Rules rules =
        new Rules(
            pipeline.gates(),
            pipeline.contract()::fingerprint,
            table,
            new Manifests(store)::find,
            log);
    BatchTable batches = tables.openBatches(pipeline, new IcebergBatches.Lake(store, layout));
    Publications publications = new Publications(name, table, log, published);
    return new Gating(
        table,
        rules,
        log,
        curate,
        snapshot -> {
          publications.announce();
          batches.index(snapshot);
        });
  }
}
