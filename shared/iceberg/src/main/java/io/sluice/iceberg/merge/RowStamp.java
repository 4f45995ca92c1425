package io.sluice.iceberg.merge;

import io.sluice.core.batch.LandedBatch;
import io.sluice.iceberg.schema.TableShape;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** Writes into a row what the raw file does not say: its batch, and its content's fingerprint. */
final class RowStamp {
  private final int batchColumn;
  private final int hashColumn;
  private final int modifiedColumn;

  RowStamp(Schema schema) {
    this.batchColumn = position(schema, TableShape.BATCH);
    this.hashColumn = position(schema, TableShape.HASH);
    this.modifiedColumn = position(schema, TableShape.MODIFIED);
  }

  /** Where {@code column} is; -1 where it is not. */
  static int position(Schema schema, String column) {
    Types.NestedField field = schema.findField(column);
    return field == null ? -1 : schema.columns().indexOf(field);
  }

  void put(Record row, LandedBatch batch, Fingerprint content) {
    row.set(batchColumn, batch.id().value());
    row.set(hashColumn, content.bytes());
    if (modifiedColumn >= 0) {
      row.set(
          modifiedColumn,
          batch
              .manifest()
              .sourceModified()
              .truncatedTo(ChronoUnit.MICROS)
              .atOffset(ZoneOffset.UTC));
    }
  }
}
