package io.sluice.formats.parquet;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.Upload;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Avro records on their way into one Parquet file: zstd, three-level lists, UUIDs as Parquet's own,
 * logical values raw. The file appears when it is completed; closing it before leaves nothing.
 */
public final class ParquetUpload implements AutoCloseable {
  private final ObjectName name;
  private final Upload upload;
  private final UploadFile file;
  private final ParquetWriter<IndexedRecord> writer;
  private long rows;
  private boolean completed;

  private ParquetUpload(
      ObjectName name, Upload upload, UploadFile file, ParquetWriter<IndexedRecord> writer) {
    this.name = name;
    this.upload = upload;
    this.file = file;
    this.writer = writer;
  }

  /**
   * Starts a file.
   *
   * @param rowGroupBytes about how much of it is held in memory
   * @param rowsPerCheck after how many rows at most that is measured: times the longest record, how
   *     far it may be exceeded
   */
  public static ParquetUpload start(
      ObjectStore store, ObjectName name, Schema schema, long rowGroupBytes, int rowsPerCheck) {
    return start(store.upload(name), name, schema, rowGroupBytes, rowsPerCheck);
  }

  static ParquetUpload start(
      Upload upload, ObjectName name, Schema schema, long rowGroupBytes, int rowsPerCheck) {
    UploadFile file = new UploadFile(upload);
    try {
      ParquetWriter<IndexedRecord> writer =
          AvroParquetWriter.<IndexedRecord>builder(file)
              .withSchema(schema)
              .withDataModel(new GenericData())
              .withConf(configuration())
              .withCodecFactory(new ZstdCodecs())
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .withRowGroupSize(rowGroupBytes)
              .withMinRowCountForPageSizeCheck(1)
              .withMaxRowCountForPageSizeCheck(rowsPerCheck)
              .build();
      return new ParquetUpload(name, upload, file, writer);
    } catch (IOException e) {
      upload.close();
      throw cannotWrite(name, e);
    }
  }

  /** Adds a record of the file's schema, whose values are copied. */
  public void append(IndexedRecord record) {
    try {
      writer.write(record);
      rows++;
    } catch (IOException e) {
      throw cannotWrite(name, e);
    }
  }

  /** Makes the file appear. */
  public StoredFile complete() {
    try {
      writer.close();
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

  private static ParquetConfiguration configuration() {
    ParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    configuration.setBoolean(AvroWriteSupport.WRITE_PARQUET_UUID, true);
    return configuration;
  }

  private static TransientFailure cannotWrite(ObjectName name, IOException e) {
    return new TransientFailure("Cannot write " + name + ": " + e.getMessage(), e);
  }
}
