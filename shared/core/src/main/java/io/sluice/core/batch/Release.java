package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import java.time.Instant;

/**
 * What lets a held batch go on, kept beside its manifest. The first one counts and is never
 * changed.
 *
 * @param reason in the words of who released it
 */
public record Release(BatchId batch, String reason, Instant at) {}
