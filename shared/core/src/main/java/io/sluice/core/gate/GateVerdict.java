package io.sluice.core.gate;

import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.time.Instant;
import java.util.List;

/** The record of one judgement, kept in the lake beside the data it is about. */
public record GateVerdict(
    PipelineName pipeline,
    SnapshotId snapshot,
    GateOutcome outcome,
    List<GateResult> results,
    Instant judgedAt,
    String code) {
  /** Copies the results, and refuses an outcome that they do not say. */
  public GateVerdict {
    results = List.copyOf(results);
    if (outcome != GateOutcome.of(results)) {
      throw new IllegalArgumentException(
          "Invalid verdict: "
              + outcome.word()
              + " is not what the results of "
              + snapshot
              + " say");
    }
  }
}
