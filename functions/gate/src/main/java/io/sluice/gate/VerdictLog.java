package io.sluice.gate;

import io.sluice.contracts.wire.SnapshotPublishedJson;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The verdicts of a pipeline, as objects in the lake. A judgement of a snapshot has one verdict,
 * the first that was kept; a halted snapshot is judged again when somebody resumes.
 */
public final class VerdictLog {
  private final PipelineName pipeline;
  private final Verdicts verdicts;
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
    this.verdicts = new Verdicts(pipeline, store, layout);
    this.store = store;
    this.layout = layout;
    this.clock = clock;
    this.code = code;
  }

  /** What it is now, to the verdicts. */
  Instant now() {
    return clock.instant();
  }

  /** The verdict on {@code snapshot} that stands: that of the last judgement, if there is one. */
  public Optional<GateVerdict> find(SnapshotId snapshot) {
    return verdicts.find(snapshot);
  }

  /** What was decided about {@code batch}, which left audit with {@code snapshot}. */
  Optional<Settlement> settlement(SnapshotId snapshot, BatchId batch) {
    return verdicts.settlement(snapshot, batch);
  }

  /** Keeps a settlement unless there is one already; returns the one that is kept. */
  Settlement keep(Settlement settlement) {
    return verdicts.keep(settlement);
  }

  /** Whether everybody was told that readers see {@code snapshot}. */
  boolean isAnnounced(SnapshotId snapshot) {
    return store.find(layout.published(pipeline, snapshot)).isPresent();
  }

  /** Notes that everybody was told {@code message}, unless it is noted already. */
  void keep(SnapshotPublished message) {
    store.putIfAbsent(
        layout.published(pipeline, message.snapshot()),
        SnapshotPublishedJson.write(message).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Keeps what {@code results} say as the judgement of that number, unless there is one already;
   * returns the one that is kept.
   */
  public GateVerdict keep(SnapshotId snapshot, int judgement, List<GateResult> results) {
    if (judgement > Verdicts.MOST_JUDGEMENTS) {
      throw new ConfigurationFailure(
          "Cannot judge snapshot "
              + snapshot
              + ": it was judged "
              + Verdicts.MOST_JUDGEMENTS
              + " times");
    }
    GateVerdict verdict =
        new GateVerdict(
            pipeline, snapshot, judgement, GateOutcome.of(results), results, now(), code);
    return verdicts.keep(verdict);
  }
}
