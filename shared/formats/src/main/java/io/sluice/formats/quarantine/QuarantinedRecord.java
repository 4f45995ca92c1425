package io.sluice.formats.quarantine;

/** A rejected record as quarantine keeps it. */
public record QuarantinedRecord(Origin origin, RejectedRecord record) {
  /** {@code batch-ordinal}. */
  public String id() {
    return origin.id(record.ordinal());
  }
}
