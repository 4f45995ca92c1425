package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.change.Operation;
import io.sluice.iceberg.scan.ColumnFile;
import io.sluice.iceberg.scan.KeyHashes;
import io.sluice.iceberg.scan.KeyScan;
import io.sluice.iceberg.scan.WantedKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/**
 * The records of the batches of a merge. Batches are taken in the order in which their sources were
 * last modified, then by their ids, so that the same batches make the same files whatever order
 * they are handed over in.
 */
final class RawBatches {
  private static final Comparator<LandedBatch> BY_AGE =
      Comparator.comparing((LandedBatch batch) -> batch.manifest().sourceModified())
          .thenComparing(LandedBatch::id);

  private final List<LandedBatch> batches;
  private final Schema schema;
  private final RawRows rows;
  private final boolean areChanges;

  /**
   * The records of {@code batches}, as rows of {@code table}, which is that of {@code pipeline}.
   */
  RawBatches(Table table, Pipeline pipeline, Collection<LandedBatch> batches) {
    this.batches = batches.stream().sorted(BY_AGE).toList();
    this.schema = withOperation(table.schema());
    this.areChanges = pipeline.transformation().merge().mode() == Mode.CDC;
    this.rows =
        new RawRows(
            table.io(),
            RawNames.of(schema, table.schemas().values(), pipeline.contract().schema()),
            new RawColumns(schema, areChanges)::require);
  }

  private static Schema withOperation(Schema schema) {
    if (schema.findField(ChangeColumns.POSITION) == null) {
      return schema;
    }
    List<Types.NestedField> columns = new ArrayList<>(schema.columns());
    columns.add(
        Types.NestedField.optional(
            schema.highestFieldId() + 1, ChangeColumns.OPERATION, Types.StringType.get()));
    return new Schema(columns);
  }

  /** The batches, oldest first. */
  List<LandedBatch> batches() {
    return batches;
  }

  /** The table's columns, and for changes their operation. */
  Schema schema() {
    return schema;
  }

  /** How many records there are. */
  long count() {
    return batches.stream().mapToLong(batch -> batch.manifest().counts().accepted()).sum();
  }

  /** What {@code record} does; all but changes insert rows. */
  Operation operation(Record record, LandedBatch batch) {
    if (!areChanges) {
      return Operation.CREATE;
    }
    Object word = record.getField(ChangeColumns.OPERATION);
    return Operation.of(String.valueOf(word))
        .orElseThrow(
            () ->
                new InvalidMessage(
                    "Invalid raw file: a record of "
                        + batch.manifest().source()
                        + " has the "
                        + ChangeColumns.OPERATION
                        + " "
                        + word
                        + ", and merge: cdc takes nothing but changes"));
  }

  /** Takes the records, one after the other; the row object is used again. */
  interface RecordSink {
    void record(LandedBatch batch, Record row);
  }

  /**
   * Hands over every record with the columns of {@code projection}.
   *
   * @throws InvalidMessage when a file is not there, or does not hold what its manifest says
   */
  void read(Schema projection, RecordSink sink) throws IOException {
    for (LandedBatch batch : batches) {
      for (StoredFile file : batch.manifest().raw()) {
        long count = 0;
        try (CloseableIterable<Record> records = rows.read(file, projection)) {
          for (Record row : records) {
            sink.record(batch, row);
            count++;
          }
        }
        requireRows(batch, file, count);
      }
    }
  }

  /**
   * Takes the fields {@code key} of every record into {@code wanted}, and their hashes into {@code
   * hashes}.
   *
   * @return whether all files can be read so; else some records may have been taken
   * @throws InvalidMessage when a file is not there, or does not hold what its manifest says
   */
  boolean scan(List<Types.NestedField> key, WantedKeys wanted, KeyHashes hashes)
      throws IOException {
    for (LandedBatch batch : batches) {
      for (StoredFile stored : batch.manifest().raw()) {
        try (ColumnFile file = rows.open(stored)) {
          Optional<KeyScan> scan = KeyScan.of(file, key);
          if (!file.isOurs() || scan.isEmpty()) {
            return false;
          }
          long count = 0;
          for (int group = 0; group < file.groups().size(); group++) {
            scan.get().collect(group, wanted, (row, rows, found) -> hashes.add(found, rows));
            count += file.groups().get(group).getRowCount();
          }
          requireRows(batch, stored, count);
        }
      }
    }
    return true;
  }

  private static void requireRows(LandedBatch batch, StoredFile file, long rows) {
    if (rows != file.rows()) {
      throw new InvalidMessage(
          String.format(
              "Invalid raw file: %s of %s holds %d rows, its manifest says %d",
              file.name(), batch.manifest().source(), rows, file.rows()));
    }
  }
}
