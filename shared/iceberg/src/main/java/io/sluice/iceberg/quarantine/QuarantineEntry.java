package io.sluice.iceberg.quarantine;

import io.sluice.core.batch.QuarantineStatus;
import io.sluice.formats.quarantine.QuarantinedRecord;
import java.time.Instant;

/**
 * A rejected record as its table has it now.
 *
 * @param quarantined with the errors of the last attempt; without bytes where none were asked for
 * @param attempts how often it was put through the pipeline
 * @param lastSeen when that was the last time
 * @param standing what became of it
 */
public record QuarantineEntry(
    QuarantinedRecord quarantined, int attempts, Instant lastSeen, Standing standing) {
  /**
   * How a record stands.
   *
   * @param at since when
   * @param reason of a discard; else empty
   * @param replay the batch of the last replay; empty where there was none
   */
  public record Standing(QuarantineStatus status, Instant at, String reason, String replay) {}

  /** {@code batch-ordinal}. */
  public String id() {
    return quarantined.id();
  }

  /** How it stands, in one word. */
  public QuarantineStatus status() {
    return standing.status();
  }
}
