package io.sluice.formats.quarantine;

/** A rejected record as quarantine keeps it: what is redacted is gone. */
public record QuarantinedRecord(Origin origin, RejectedRecord record, BytesKept kept) {
  /** {@code batch-ordinal}. */
  public String id() {
    return origin.id(record.ordinal());
  }
}
