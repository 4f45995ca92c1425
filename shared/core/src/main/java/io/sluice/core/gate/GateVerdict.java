package io.sluice.core.gate;

import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The record of one judgement, kept in the lake beside the data it is about.
 *
 * @param judgement the how manieth of this snapshot, from 1; each resume makes another
 */
public record GateVerdict(
    PipelineName pipeline,
    SnapshotId snapshot,
    int judgement,
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

  /**
   * The data quality score, 0 to 100: the weight of the gates that passed as a share of the weight
   * of all, by {@link Severity#weight}. What was accepted did not pass.
   */
  public double score() {
    double all = 0;
    double passed = 0;
    for (GateResult result : results) {
      all += result.terms().severity().weight();
      passed += result.passed() ? result.terms().severity().weight() : 0;
    }
    return all == 0 ? 100 : 100 * passed / all;
  }

  /** Whether something failed and was accepted: no baseline for others. */
  public boolean isOverridden() {
    return !accepted().isEmpty();
  }

  /** The gates whose failure was accepted, and by which decision. */
  public Map<String, Decision> accepted() {
    Map<String, Decision> accepted = new TreeMap<>();
    for (GateResult result : results) {
      if (result.ruling() instanceof Ruling.Accepted ruling) {
        accepted.put(result.terms().name(), ruling.decision());
      }
    }
    return accepted;
  }
}
