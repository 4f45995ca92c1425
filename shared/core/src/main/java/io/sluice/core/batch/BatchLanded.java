package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;

/** The message from land to curate: this batch is landed, and that manifest says so. */
public record BatchLanded(PipelineName pipeline, BatchId batch, ObjectName manifest) {}
