package io.sluice.gate.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.sluice.aws.sqs.LogKey;
import io.sluice.aws.sqs.SqsBatchLoop;
import io.sluice.contracts.wire.GateRequestJson;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.verdict.Gated;
import io.sluice.gate.Gating;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jboss.logging.Logger;

/** Announced snapshots in; failed messages out. */
@Named("gate")
public final class GateHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = Logger.getLogger(GateHandler.class);

  private final SqsBatchLoop loop = new SqsBatchLoop("gate");
  private final GateWiring wiring;

  /** A handler over {@code wiring}. */
  @Inject
  public GateHandler(GateWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return loop.perMessage(event, GateRequestJson::read, this::gate);
  }

  private void gate(GateRequest request) {
    Gating gating = wiring.gating(request.pipeline());
    Gated verdict =
        switch (request) {
          case SnapshotAudited audited -> {
            LogKey.SNAPSHOT.put(audited.snapshot());
            yield gating.gate(audited.snapshot());
          }
          case GateRequest.Resume resume -> {
            LogKey.SNAPSHOT.put(resume.snapshot());
            yield gating.resume(resume);
          }
          case GateRequest.Settle settle -> {
            LogKey.SNAPSHOT.put(settle.snapshot());
            yield gating.settle(settle);
          }
        };
    LogKey.VERDICT.put(verdict.getClass().getSimpleName());
    switch (verdict) {
      case Gated.Published ignored -> LOG.info("Snapshot is published");
      case Gated.Quarantined ignored -> LOG.warn("Snapshot is quarantined");
      case Gated.Halted ignored -> LOG.warn("Publishing is halted");
      case Gated.Withdrawn ignored -> LOG.info("Snapshot has left audit");
      case Gated.Rebased ignored -> LOG.warn("Audit is rebuilt on main, which somebody moved");
      case Gated.Blocked ignored -> LOG.warn("Publishing is blocked: somebody set main back");
      case Gated.Settled ignored -> LOG.info("Withheld batches are settled");
    }
  }
}
