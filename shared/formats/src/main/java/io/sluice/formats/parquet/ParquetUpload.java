package io.sluice.formats.parquet;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.Upload;
import io.sluice.formats.row.FlatRow;
import java.io.IOException;
import org.apache.avro.Schema;

/**
 * Rows on their way into one Parquet file: zstd, three-level lists, UUIDs as Parquet's own, logical
 * values raw. The file appears when it is completed; closing it before leaves nothing.
 */
public final class ParquetUpload implements AutoCloseable {
  private final ObjectName name;
  private final Upload upload;
  private final UploadFile file;
  private final RowFileWriter writer;
  private long rows;
  private boolean completed;

  private ParquetUpload(ObjectName name, Upload upload, UploadFile file, RowFileWriter writer) {
    this.name = name;
    this.upload = upload;
    this.file = file;
    this.writer = writer;
  }

  /**
   * Starts a file.
   *
   * @param rowGroupBytes about how much of it is held in memory; the longest record may come on top
   */
  public static ParquetUpload start(
      ObjectStore store, ObjectName name, Schema schema, long rowGroupBytes) {
    return start(store.upload(name), name, schema, rowGroupBytes);
  }

  static ParquetUpload start(Upload upload, ObjectName name, Schema schema, long rowGroupBytes) {
    UploadFile file = new UploadFile(upload);
    try {
      return new ParquetUpload(name, upload, file, new RowFileWriter(file, schema, rowGroupBytes));
    } catch (IOException e) {
      upload.close();
      throw cannotWrite(name, e);
    }
  }

  /** Adds a row whose columns are the file's; its values are copied. */
  public void append(FlatRow row) {
    try {
      writer.append(row);
      rows++;
    } catch (IOException e) {
      throw cannotWrite(name, e);
    }
  }

  /** Adds a row whose columns are the file's but for a last one, a long, which it has not. */
  public void append(FlatRow row, long last) {
    try {
      writer.append(row, last);
      rows++;
    } catch (IOException e) {
      throw cannotWrite(name, e);
    }
  }

  /** Makes the file appear. */
  public StoredFile complete() {
    try {
      writer.finish();
    } catch (IOException e) {
      throw cannotWrite(name, e);
    }
    upload.complete();
    completed = true;
    return new StoredFile(name, rows, upload.position());
  }

  @Override
  public void close() {
    if (!completed) {
      file.abandon();
      try (upload) {
        writer.close();
      } catch (IOException e) {
        throw cannotWrite(name, e);
      }
    } else {
      upload.close();
    }
  }

  private static TransientFailure cannotWrite(ObjectName name, IOException e) {
    return new TransientFailure("Cannot write " + name + ": " + e.getMessage(), e);
  }
}
