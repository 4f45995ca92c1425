package io.sluice.iceberg.merge;

import io.sluice.core.batch.LandedBatch;
import org.apache.iceberg.data.Record;

/** Takes the records that a merge refuses because their key stands there with another content. */
@FunctionalInterface
public interface Refusals {
  /** Nobody asks. */
  Refusals UNASKED = (batch, row, content, kept) -> {};

  /**
   * Takes a record.
   *
   * @param row its columns; the object is used again
   * @param content the fingerprint of its content, in hex
   * @param kept the fingerprint of the content that stays, in hex: the {@code _hash} of its row
   */
  void refuse(LandedBatch batch, Record row, String content, String kept);
}
