package io.sluice.contracts.wire;

import io.sluice.core.batch.Layout;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdicts of a pipeline, as objects in the lake: one for each judgement of a snapshot. */
public final class Verdicts {
  /** People who resume a halt without mending it give up long before. */
  public static final int MOST_JUDGEMENTS = 1_000;

  private final PipelineName pipeline;
  private final ObjectStore store;
  private final Layout layout;

  /** The verdicts of {@code pipeline} in {@code store}. */
  public Verdicts(PipelineName pipeline, ObjectStore store, Layout layout) {
    this.pipeline = pipeline;
    this.store = store;
    this.layout = layout;
  }

  /** The verdict on {@code snapshot} that stands: that of the last judgement, if there is one. */
  public Optional<GateVerdict> find(SnapshotId snapshot) {
    List<GateVerdict> history = history(snapshot);
    return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
  }

  /** Every verdict on {@code snapshot}, oldest first. None follows one that did not halt. */
  public List<GateVerdict> history(SnapshotId snapshot) {
    List<GateVerdict> history = new ArrayList<>();
    Optional<GateVerdict> next = find(snapshot, 1);
    while (next.isPresent()) {
      history.add(next.get());
      next =
          next.get().outcome() == GateOutcome.HALTED
              ? find(snapshot, history.size() + 1)
              : Optional.empty();
    }
    return history;
  }

  /** Keeps {@code verdict} unless its judgement has one already; returns the one that is kept. */
  public GateVerdict keep(GateVerdict verdict) {
    ObjectName name = layout.verdict(pipeline, verdict.snapshot(), verdict.judgement());
    return switch (store.putIfAbsent(name, GateVerdictJson.write(verdict))) {
      case CREATED -> verdict;
      case EXISTED ->
          find(verdict.snapshot(), verdict.judgement())
              .orElseThrow(() -> new TransientFailure("Cannot read " + name + ": it is gone"));
    };
  }

  private Optional<GateVerdict> find(SnapshotId snapshot, int judgement) {
    return store
        .read(layout.verdict(pipeline, snapshot, judgement), GateVerdictJson.MAX_BYTES)
        .map(GateVerdictJson::read);
  }

  /** What was decided about {@code batch}, which left audit with {@code snapshot}. */
  public Optional<Settlement> settlement(SnapshotId snapshot, BatchId batch) {
    return store
        .read(layout.settlement(pipeline, snapshot, batch), SettlementJson.MAX_BYTES)
        .map(SettlementJson::read);
  }

  /** Keeps {@code settlement} unless its batch has one already; returns the one that is kept. */
  public Settlement keep(Settlement settlement) {
    ObjectName name = layout.settlement(pipeline, settlement.snapshot(), settlement.batch());
    return switch (store.putIfAbsent(name, SettlementJson.write(settlement))) {
      case CREATED -> settlement;
      case EXISTED ->
          settlement(settlement.snapshot(), settlement.batch())
              .orElseThrow(() -> new TransientFailure("Cannot read " + name + ": it is gone"));
    };
  }
}
