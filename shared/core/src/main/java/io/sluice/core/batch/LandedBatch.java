package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;

/**
 * A batch whose manifest was read: where the manifest is, and what it says.
 *
 * @param isReleased whether somebody let it go on although it is held
 */
public record LandedBatch(ObjectName manifestName, Manifest manifest, boolean isReleased) {
  /** A batch that nobody released. */
  public LandedBatch(ObjectName manifestName, Manifest manifest) {
    this(manifestName, manifest, false);
  }

  /** The batch's identity. */
  public BatchId id() {
    return manifest.batch();
  }

  /** Whether its accepted records go into the table. */
  public boolean goesOn() {
    return switch (manifest.status()) {
      case LandStatus.Accepted ignored -> true;
      case LandStatus.Held ignored -> isReleased;
      case LandStatus.Rejected ignored -> false;
    };
  }

  /** Whether its records were put through the pipeline again, out of quarantine. */
  public boolean isReplay() {
    return Layout.isReplay(manifest.source().name());
  }
}
