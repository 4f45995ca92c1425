package io.sluice.gate.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.sluice.aws.sqs.LogKey;
import io.sluice.aws.sqs.SqsBatchLoop;
import io.sluice.contracts.wire.SnapshotAuditedJson;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.verdict.Gated;
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
    return loop.perMessage(event, SnapshotAuditedJson::read, this::gate);
  }

  private void gate(SnapshotAudited message) {
    LogKey.SNAPSHOT.put(message.snapshot());
    Gated verdict = wiring.gating(message.pipeline()).gate(message.snapshot());
    LogKey.VERDICT.put(verdict.getClass().getSimpleName());
    switch (verdict) {
      case Gated.Published ignored -> LOG.info("Snapshot is published");
      case Gated.Quarantined ignored -> LOG.warn("Snapshot is quarantined");
      case Gated.Halted ignored -> LOG.warn("Publishing is halted");
      case Gated.Withdrawn ignored -> LOG.info("Snapshot has left audit");
    }
  }
}
