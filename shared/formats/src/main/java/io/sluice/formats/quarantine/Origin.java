package io.sluice.formats.quarantine;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.SourceObject;
import java.time.Instant;

/**
 * What all rejected records of one batch share.
 *
 * @param contract fingerprint of the contract that they were held against
 * @param code version of the code that did
 */
public record Origin(
    BatchId batch, SourceObject source, String contract, String code, Instant firstSeen) {
  /** The identity of one rejected record: {@code batch-ordinal}. */
  public String id(long ordinal) {
    return batch + "-" + ordinal;
  }
}
