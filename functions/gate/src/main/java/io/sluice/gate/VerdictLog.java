package io.sluice.gate;

import io.sluice.contracts.wire.GateVerdictJson;
import io.sluice.core.batch.Layout;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.ObjectStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The verdicts of a pipeline, as objects in the lake. The first verdict on a snapshot is the
 * verdict.
 */
public final class VerdictLog {

  private final PipelineName pipeline;
  private final ObjectStore store;
  private final Layout layout;
  private final InstantSource clock;
  private final String code;

  /**
   * The verdicts of {@code pipeline}, judged from now on at the time of {@code clock} by the
   * version {@code code}.
   */
  public VerdictLog(
      PipelineName pipeline, ObjectStore store, Layout layout, InstantSource clock, String code) {
    this.pipeline = pipeline;
    this.store = store;
    this.layout = layout;
    this.clock = clock;
    this.code = code;
  }

  /** The verdict on {@code snapshot}, if it has one. */
  public Optional<GateVerdict> find(SnapshotId snapshot) {
    return store
        .read(layout.verdict(pipeline, snapshot), GateVerdictJson.MAX_BYTES)
        .map(GateVerdictJson::read);
  }

  /**
   * Keeps what {@code results} say unless there is a verdict already; returns the one that is kept.
   */
  public GateVerdict keep(SnapshotId snapshot, List<GateResult> results) {
    GateVerdict verdict =
        new GateVerdict(
            pipeline, snapshot, GateOutcome.of(results), results, clock.instant(), code);
    ObjectName name = layout.verdict(pipeline, snapshot);
    return switch (store.putIfAbsent(name, GateVerdictJson.write(verdict))) {
      case CREATED -> verdict;
      case EXISTED ->
          find(snapshot)
              .orElseThrow(() -> new TransientFailure("Cannot read " + name + ": it is gone"));
    };
  }
}
