package io.sluice.land.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.sluice.aws.sqs.LogKey;
import io.sluice.aws.sqs.SqsBatchLoop;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.SourceObject;
import io.sluice.core.verdict.Landed;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jboss.logging.Logger;

/** S3 notifications in; failed messages out. */
@Named("land")
public final class LandHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(LandHandler.class);

  private final SqsBatchLoop loop = new SqsBatchLoop("land");
  private final LandWiring wiring;

  /** A handler over {@code wiring}. */
  @Inject
  public LandHandler(LandWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return loop.perMessage(event, ObjectCreated::read, this::land);
  }

  private void land(List<SourceObject> sources) {
    for (SourceObject source : sources) {
      LogKey.SOURCE.put(source);
      report(wiring.landing().land(source));
    }
  }

  private static void report(Landed verdict) {
    switch (verdict) {
      case Landed.Now now -> {
        describe(now.manifest());
        LOG.info("Batch is landed");
      }
      case Landed.Already already -> {
        describe(already.manifest());
        LOG.info("Batch was landed before");
      }
      case Landed.Gone ignored -> LOG.warn("Source object is gone");
    }
  }

  private static void describe(Manifest manifest) {
    LogKey.BATCH.put(manifest.batch());
    LogKey.VERDICT.put(manifest.status().word());
  }
}
