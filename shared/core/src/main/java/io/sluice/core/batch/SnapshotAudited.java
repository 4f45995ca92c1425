package io.sluice.core.batch;

import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;

/** The message from curate to gate: this snapshot is on the audit branch and wants a verdict. */
public record SnapshotAudited(PipelineName pipeline, SnapshotId snapshot) implements GateRequest {}
