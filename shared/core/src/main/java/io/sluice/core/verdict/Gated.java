package io.sluice.core.verdict;

import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.SnapshotId;
import java.util.List;

/** What gate says of one audit snapshot. */
public sealed interface Gated {
  /** main is at this snapshot or beyond it; the verdicts are those of this call, oldest first. */
  record Published(SnapshotId snapshot, List<GateVerdict> verdicts) implements Gated {
    /** Copies the verdicts. */
    public Published {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * A snapshot on the way did not pass: it has left audit, and the batches after it are curated
   * again.
   */
  record Quarantined(GateVerdict verdict) implements Gated {}

  /** A snapshot on the way did not pass: main stays before it until somebody resumes. */
  record Halted(GateVerdict verdict) implements Gated {}

  /** The snapshot left audit before it was judged: its batches are, or will be, in another. */
  record Withdrawn(SnapshotId snapshot) implements Gated {}

  /** The batches are released, and curated again, or discarded. */
  record Settled(Settlement.Way way, List<Settlement> settlements) implements Gated {
    /** Copies the settlements. */
    public Settled {
      settlements = List.copyOf(settlements);
    }
  }

  /** Somebody else committed to main: audit stands on that now, and batches are curated again. */
  record Rebased(SnapshotId snapshot) implements Gated {}

  /** Somebody set main back: nothing is published until it stands where it was. */
  record Blocked(SnapshotId snapshot) implements Gated {}
}
