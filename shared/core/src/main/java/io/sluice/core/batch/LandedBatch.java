package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;

/** A batch whose manifest was read: where the manifest is, and what it says. */
public record LandedBatch(ObjectName manifestName, Manifest manifest) {
  /** The batch's identity. */
  public BatchId id() {
    return manifest.batch();
  }
}
