package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.Transformation;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.iceberg.schema.TableShape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads the versions of rows and of raw records, whose sources' times their batches know. */
final class VersionReader {
  private final boolean ofChanges;
  private final RowField time;
  private final @Nullable RowField position;
  private final RowField ordinal;
  private final @Nullable RowField batch;
  private final @Nullable RowField modified;
  private final @Nullable RowField deletedAt;
  private final @Nullable RowField deletedPosition;

  VersionReader(Schema schema, Transformation declared) {
    this.ofChanges = declared.merge().mode() == Mode.CDC;
    this.time = RowField.find(schema.asStruct(), declared.eventTime());
    this.position = find(schema, ChangeColumns.POSITION);
    this.ordinal = RowField.find(schema.asStruct(), FieldPath.parse(TableShape.ORDINAL));
    this.batch = find(schema, TableShape.BATCH);
    this.modified = find(schema, TableShape.MODIFIED);
    this.deletedAt = find(schema, TableShape.DELETED_AT);
    this.deletedPosition = find(schema, TableShape.DELETED_POSITION);
  }

  /** The columns of {@code schema} that versions of rows are read from. */
  static List<String> columns(Schema schema, Transformation declared) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                declared.eventTime().toString(),
                ChangeColumns.POSITION,
                TableShape.ORDINAL,
                TableShape.BATCH,
                TableShape.MODIFIED,
                TableShape.DELETED_AT,
                TableShape.DELETED_POSITION));
    columns.removeIf(column -> schema.findField(column) == null);
    return columns;
  }

  /** The version of a record of {@code source}. */
  Version ofRecord(Record record, LandedBatch source) {
    return new Version(
        ofChanges ? 0 : micros(time.of(record)),
        ofChanges ? positionOf(record, source) : "",
        micros(source),
        source.id().value(),
        (Long) require(ordinal.of(record)));
  }

  /** The version of a deletion that is a record of {@code source}. */
  Version ofDeletion(Record record, LandedBatch source) {
    return Version.ofDeletion(positionOf(record, source), micros(source));
  }

  private String positionOf(Record record, LandedBatch source) {
    Object value = position == null ? null : position.of(record);
    if (value == null) {
      throw new InvalidMessage(
          "Invalid raw file: a record of "
              + source.manifest().source()
              + " has no "
              + ChangeColumns.POSITION
              + ", and merge: cdc takes nothing but changes");
    }
    return value.toString();
  }

  /** The version of a row of the table. */
  Version ofRow(Record row) {
    return new Version(
        ofChanges ? 0 : micros(time.of(row)),
        ofChanges ? text(position, row) : "",
        modified == null ? Long.MIN_VALUE : micros(modified.of(row)),
        text(batch, row),
        (Long) require(ordinal.of(row)));
  }

  /** The version of the deletion of a row that was kept. */
  Optional<Version> deletionOf(Record row) {
    Object there = deletedPosition == null ? null : deletedPosition.of(row);
    return there == null || deletedAt == null
        ? Optional.empty()
        : Optional.of(Version.ofDeletion(there.toString(), micros(deletedAt.of(row))));
  }

  /** The time at which the source of {@code batch} was last modified, in microseconds. */
  static long micros(LandedBatch batch) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, batch.manifest().sourceModified());
  }

  /** Of an event without a time, the least there is. */
  private static long micros(@Nullable Object time) {
    return switch (time) {
      case null -> Long.MIN_VALUE;
      case OffsetDateTime zoned -> ChronoUnit.MICROS.between(Instant.EPOCH, zoned.toInstant());
      case LocalDateTime local -> micros(local.atOffset(ZoneOffset.UTC));
      case LocalDate date -> micros(date.atStartOfDay());
      default -> throw new IllegalStateException("No time of an event is a " + time.getClass());
    };
  }

  private static String text(@Nullable RowField field, StructLike row) {
    Object value = field == null ? null : field.of(row);
    return value == null ? "" : value.toString();
  }

  private static Object require(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("A row has no " + TableShape.ORDINAL);
    }
    return value;
  }

  private static @Nullable RowField find(Schema schema, String column) {
    Types.NestedField field = schema.findField(column);
    return field == null ? null : RowField.find(schema.asStruct(), FieldPath.parse(column));
  }
}
