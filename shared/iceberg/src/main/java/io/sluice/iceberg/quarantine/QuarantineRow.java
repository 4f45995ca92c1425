package io.sluice.iceberg.quarantine;

import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.quarantine.Origin;
import io.sluice.formats.quarantine.QuarantineFile;
import io.sluice.formats.quarantine.QuarantinedRecord;
import io.sluice.formats.quarantine.RejectedRecord;
import io.sluice.iceberg.schema.TableShape;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** A record that is first quarantined, as a row with the columns of a quarantine file. */
public final class QuarantineRow {
  /** The columns, with ids of their own. */
  public static final Schema SCHEMA = TableShape.columns(QuarantineFile.schema());

  private static final Types.StructType ERROR =
      SCHEMA.findType(QuarantineShape.ERRORS).asListType().elementType().asStructType();

  private QuarantineRow() {}

  /** The row of {@code quarantined}, of which nothing has become yet. */
  public static Record of(QuarantinedRecord quarantined) {
    Origin origin = quarantined.origin();
    RejectedRecord record = quarantined.record();
    OffsetDateTime seen =
        origin.firstSeen().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    Record row = GenericRecord.create(SCHEMA);
    row.setField(QuarantineShape.ID, quarantined.id());
    row.setField(QuarantineShape.BATCH, origin.batch().value());
    row.setField(QuarantineShape.ORDINAL, record.ordinal());
    row.setField("source_bucket", origin.source().name().bucket());
    row.setField("source_key", origin.source().name().key());
    row.setField("source_version", origin.source().version());
    row.setField("line", record.line());
    row.setField("byte_offset", record.byteOffset());
    row.setField(QuarantineShape.BYTES, record.bytes().duplicate());
    row.setField("bytes_kept", quarantined.kept().word());
    row.setField(QuarantineShape.ERROR_CLASS, record.errorClass().word());
    row.setField(
        QuarantineShape.ERRORS, record.errors().stream().map(QuarantineRow::error).toList());
    row.setField(QuarantineShape.CONTRACT, origin.contract());
    row.setField(QuarantineShape.CODE, origin.code());
    row.setField(QuarantineShape.FIRST_SEEN, seen);
    row.setField(QuarantineShape.LAST_SEEN, seen);
    row.setField(QuarantineShape.ATTEMPTS, 1);
    row.setField(QuarantineShape.STATUS, QuarantineStatus.OPEN.word());
    row.setField(QuarantineShape.STATUS_AT, seen);
    return row;
  }

  static String id(Record row) {
    return String.valueOf(row.getField(QuarantineShape.ID));
  }

  static String batch(Record row) {
    return String.valueOf(row.getField(QuarantineShape.BATCH));
  }

  static QuarantineStatus status(Record row) {
    return QuarantineStatus.of(String.valueOf(row.getField(QuarantineShape.STATUS)));
  }

  private static Record error(RecordError error) {
    Record row = GenericRecord.create(ERROR);
    row.setField("code", error.code());
    row.setField("path", error.path());
    row.setField("rule", error.rule());
    row.setField("expected", error.expected());
    row.setField("found", error.found());
    return row;
  }
}
