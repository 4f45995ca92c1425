package io.sluice.land.lambda;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.glue.FunctionRegistries;
import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.aws.sqs.SqsAnnouncer;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.Layout;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.ObjectStore;
import io.sluice.land.Landing;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** The whole graph of the land function. */
@Singleton
public final class LandWiring {
  private final Landing landing;

  /** Connects to what {@code config} names. */
  @Inject
  public LandWiring(LandConfig config) {
    AwsClients clients = new AwsClients();
    ObjectStore store = new S3ObjectStore(clients);
    Layout layout = new Layout(config.lakeBucket());
    Registries registries = FunctionRegistries.open(clients, store, layout, config.registry());
    Announcer<BatchLanded> curate =
        SqsAnnouncer.fifo(
            clients,
            config.curateQueueUrl(),
            BatchLandedJson::write,
            BatchLanded::pipeline,
            () -> UUID.randomUUID().toString());
    landing =
        new Landing(
            store,
            layout,
            new Declarations(store, layout, registries)::read,
            registries::at,
            curate,
            InstantSource.system(),
            config.code());
  }

  /** A graph whose ports are not those of AWS. */
  LandWiring(Landing landing) {
    this.landing = landing;
  }

  /** The stage. */
  Landing landing() {
    return landing;
  }
}
