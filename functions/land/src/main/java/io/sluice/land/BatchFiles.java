package io.sluice.land;

import io.sluice.core.batch.Layout;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.formats.quarantine.Origin;

/** Where the records of one batch go. */
record BatchFiles(ObjectName raw, ObjectName quarantine) {
  /** The same for every attempt under one contract. */
  static BatchFiles of(Layout layout, PipelineName pipeline, Origin origin) {
    return new BatchFiles(
        layout.raw(pipeline, origin.firstSeen(), origin.batch(), origin.contract()),
        layout.quarantine(pipeline, origin.firstSeen(), origin.batch(), origin.contract()));
  }
}
