package io.sluice.core.batch;

import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** A message to gate. */
public sealed interface GateRequest
    permits SnapshotAudited, GateRequest.Resume, GateRequest.Settle {
  /** The pipeline that it is about. */
  PipelineName pipeline();

  /**
   * Judge what is held again, up to {@code snapshot}, and publish what passes now.
   *
   * @param accepted the gates whose failure is accepted up to there
   */
  record Resume(PipelineName pipeline, SnapshotId snapshot, Set<String> accepted, Decision decision)
      implements GateRequest {
    /** Copies the names; refuses what {@link #requireAcceptable} does. */
    public Resume {
      requireAcceptable(accepted);
      accepted = Collections.unmodifiableSet(new TreeSet<>(accepted));
    }

    /**
     * Refuses to accept what nobody can answer for: records without exactly one fate.
     *
     * @throws IllegalArgumentException when {@code gates} names conservation
     */
    public static void requireAcceptable(Set<String> gates) {
      String never = GateRule.CONSERVATION.terms().name();
      if (gates.contains(never)) {
        throw new IllegalArgumentException(
            "Cannot accept gate " + never + ": records would be lost or made up");
      }
    }
  }

  /** Release or discard batches that left audit with {@code snapshot}. */
  record Settle(
      PipelineName pipeline,
      SnapshotId snapshot,
      Set<BatchId> batches,
      Settlement.Way way,
      Decision decision)
      implements GateRequest {
    /** Copies the batches. */
    public Settle {
      batches = Collections.unmodifiableSet(new TreeSet<>(batches));
    }
  }
}
