package io.sluice.core.gate;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;

/**
 * What was decided about a batch that left audit with {@code snapshot}, kept in the lake beside the
 * snapshot's verdict.
 */
public record Settlement(SnapshotId snapshot, BatchId batch, Way way, Decision decision) {
  /** What becomes of the batch. */
  public enum Way {
    /** It is curated again, and published although its gates fail. */
    RELEASE("release"),
    /** It never comes back; its raw files stay. */
    DISCARD("discard");

    private final String word;

    Way(String word) {
      this.word = word;
    }

    /** As in messages and commands. */
    public String word() {
      return word;
    }
  }
}
