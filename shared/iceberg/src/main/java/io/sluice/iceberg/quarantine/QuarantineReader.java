package io.sluice.iceberg.quarantine;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.RecordError;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.formats.quarantine.BytesKept;
import io.sluice.formats.quarantine.Origin;
import io.sluice.formats.quarantine.QuarantinedRecord;
import io.sluice.formats.quarantine.RejectedRecord;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.quarantine.QuarantineEntry.Standing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** The rejected records of a pipeline for who only reads, as they stood when it was opened. */
public final class QuarantineReader {
  private final Table table;

  /** A reader of {@code table}. */
  public QuarantineReader(Table table) {
    this.table = table;
  }

  /** Calls {@code each} with every record, without its bytes, in no order. */
  public void forEach(Consumer<QuarantineEntry> each) {
    Schema schema = table.schema();
    read(
        schema.select(
            schema.columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals(QuarantineShape.BYTES))
                .toList()),
        row -> each.accept(entry(row)));
  }

  /** Calls {@code each} with every record whose id is one of {@code ids}, with its bytes. */
  public void forEach(Collection<String> ids, Consumer<QuarantineEntry> each) {
    read(
        table.schema(),
        row -> {
          if (ids.contains(text(row, QuarantineShape.ID))) {
            each.accept(entry(row));
          }
        });
  }

  /** The batches, of rejections and of replays, whose part in the table is committed. */
  public List<BatchId> batches() {
    return StreamSupport.stream(table.snapshots().spliterator(), false)
        .flatMap(snapshot -> Summaries.batches(snapshot).stream())
        .distinct()
        .toList();
  }

  private void read(Schema columns, Consumer<Record> each) {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).project(columns).reuseContainers().build()) {
      rows.forEach(each);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + table.name() + ": " + e.getMessage(), e);
    }
  }

  private static QuarantineEntry entry(Record row) {
    Origin origin =
        new Origin(
            new BatchId(text(row, QuarantineShape.BATCH)),
            new SourceObject(
                new ObjectName(text(row, "source_bucket"), text(row, "source_key")),
                text(row, "source_version")),
            text(row, QuarantineShape.CONTRACT),
            text(row, QuarantineShape.CODE),
            instant(row, QuarantineShape.FIRST_SEEN));
    RejectedRecord record =
        new RejectedRecord(
            (long) row.getField(QuarantineShape.ORDINAL),
            (long) row.getField("line"),
            (long) row.getField("byte_offset"),
            bytes(row),
            ErrorClass.of(text(row, QuarantineShape.ERROR_CLASS)),
            errors((List<?>) row.getField(QuarantineShape.ERRORS)));
    return new QuarantineEntry(
        new QuarantinedRecord(origin, record, BytesKept.of(text(row, "bytes_kept"))),
        (int) row.getField(QuarantineShape.ATTEMPTS),
        instant(row, QuarantineShape.LAST_SEEN),
        new Standing(
            QuarantineStatus.of(text(row, QuarantineShape.STATUS)),
            instant(row, QuarantineShape.STATUS_AT),
            Objects.toString(row.getField(QuarantineShape.STATUS_REASON), ""),
            Objects.toString(row.getField(QuarantineShape.REPLAY), "")));
  }

  private static ByteBuffer bytes(Record row) {
    Object bytes =
        row.struct().field(QuarantineShape.BYTES) == null
            ? null
            : row.getField(QuarantineShape.BYTES);
    return bytes == null
        ? ByteBuffer.allocate(0)
        : ByteBuffer.allocate(((ByteBuffer) bytes).remaining())
            .put(((ByteBuffer) bytes).duplicate())
            .flip();
  }

  private static List<RecordError> errors(List<?> rows) {
    return rows.stream()
        .map(Record.class::cast)
        .map(
            row ->
                new RecordError(
                    text(row, "code"),
                    text(row, "path"),
                    text(row, "expected"),
                    text(row, "found"),
                    text(row, "rule")))
        .toList();
  }

  private static Instant instant(Record row, String column) {
    return ((OffsetDateTime) row.getField(column)).toInstant();
  }

  private static String text(Record row, String column) {
    return String.valueOf(row.getField(column));
  }
}
