package io.sluice.iceberg.quarantine;

import static java.util.stream.Collectors.toSet;

import io.sluice.core.batch.QuarantineStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.iceberg.data.Record;

/** Somebody said that these records are not wanted. */
record Discard(Set<String> ids, String reason, Instant at) implements RowChange {
  Discard {
    ids = Set.copyOf(ids);
  }

  @Override
  public Set<String> batches() {
    return ids.stream().map(id -> id.substring(0, id.indexOf('-'))).collect(toSet());
  }

  @Override
  public boolean concerns(Record row) {
    return QuarantineRow.status(row).isUnsettled() && ids.contains(QuarantineRow.id(row));
  }

  @Override
  public void apply(Record row) {
    row.setField(QuarantineShape.STATUS, QuarantineStatus.DISCARDED.word());
    row.setField(QuarantineShape.STATUS_REASON, reason);
    row.setField(QuarantineShape.STATUS_AT, at.atOffset(ZoneOffset.UTC));
  }

  @Override
  public String summaryKey() {
    return "sluice.discarded";
  }

  @Override
  public String summaryValue() {
    return ids.size() + " at " + at + ": " + reason;
  }
}
