package io.sluice.simulation.stage;

/** The three stages. */
public enum Stage {
  /** Source objects become batches. */
  LAND,
  /** Batches become snapshots. */
  CURATE,
  /** Snapshots are published, or not. */
  GATE
}
