package io.sluice.core.batch;

import io.sluice.core.id.ObjectName;

/** One file that a stage wrote: where, how long, and how many records are in it. */
public record StoredFile(ObjectName name, long rows, long sizeBytes) {}
