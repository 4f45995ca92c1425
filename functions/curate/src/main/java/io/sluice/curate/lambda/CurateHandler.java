package io.sluice.curate.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.sluice.aws.sqs.LogKey;
import io.sluice.aws.sqs.SqsBatchLoop;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.verdict.Curated;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Announced batches in; failed messages out. All batches of one pipeline are curated in one call.
 */
@Named("curate")
public final class CurateHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(CurateHandler.class);

  private final SqsBatchLoop loop = new SqsBatchLoop("curate");
  private final CurateWiring wiring;

  /** A handler over {@code wiring}. */
  @Inject
  public CurateHandler(CurateWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return loop.perGroup(event, wiring::read, wiring.patience(), this::curate);
  }

  private void curate(List<LandedBatch> batches) {
    wiring.curation(batches.getFirst().manifest().pipeline()).curate(batches).forEach(this::report);
  }

  private void report(Curated verdict) {
    LogKey.VERDICT.put(verdict.getClass().getSimpleName());
    switch (verdict) {
      case Curated.Committed committed -> {
        LogKey.SNAPSHOT.put(committed.snapshot());
        LogKey.BATCH.put(committed.accounts().keySet());
        LOG.info("Batches are committed to audit");
      }
      case Curated.AlreadyCommitted already -> {
        LogKey.SNAPSHOT.put(already.snapshot());
        LogKey.BATCH.put(already.batches());
        LOG.info("Batches were committed before");
      }
      case Curated.Withheld withheld -> {
        LogKey.BATCH.put(withheld.batches());
        LOG.warn("Batches are withheld by a gate");
      }
      case Curated.Held held -> {
        LogKey.BATCH.put(held.batches());
        LOG.warn("Batches are held for their rejected records");
      }
    }
  }
}
