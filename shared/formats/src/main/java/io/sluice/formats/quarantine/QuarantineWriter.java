package io.sluice.formats.quarantine;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import io.sluice.formats.parquet.ParquetUpload;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;

/**
 * The rejected records of a batch on their way into one Parquet file. Started at the first of them:
 * a batch without rejected records has no file.
 */
public final class QuarantineWriter implements AutoCloseable {
  /** 8 MiB: rejected records are few or equal, and the raw batch is open beside them. */
  private static final long ROW_GROUP_BYTES = 8L << 20;

  private final Origin origin;
  private final Redaction redaction;
  private final ParquetUpload upload;
  private final RowShredder shredder;

  /** Starts the file {@code name}, in which nothing stands that {@code redaction} takes out. */
  public QuarantineWriter(ObjectStore store, ObjectName name, Origin origin, Redaction redaction) {
    this.origin = origin;
    this.redaction = redaction;
    this.upload = ParquetUpload.start(store, name, QuarantineFile.schema(), ROW_GROUP_BYTES);
    this.shredder = new RowShredder(new FlatRow(RowShape.of(QuarantineFile.schema())));
  }

  /** Adds a record. */
  public void append(RejectedRecord record) {
    upload.append(shredder.shred(QuarantineFile.row(redaction.apply(origin, record))));
  }

  /** Makes the file appear, and says what is in it. */
  public StoredFile complete() {
    return upload.complete();
  }

  /** Leaves nothing behind unless the file is complete. */
  @Override
  public void close() {
    upload.close();
  }
}
