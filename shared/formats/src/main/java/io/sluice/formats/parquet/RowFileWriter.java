package io.sluice.formats.parquet;

import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Rows into a Parquet file, column by column, as parquet-java's own writer does it for records. The
 * footer carries the Avro schema under the names that parquet-avro reads.
 */
final class RowFileWriter implements AutoCloseable {
  /** 1 MiB: how much is taken between two looks at how large the row group has become. */
  private static final long CHECK_BYTES = 1L << 20;

  /** Where parquet-avro looks for the schema that records are read by. */
  private static final String AVRO_SCHEMA = "parquet.avro.schema";

  private final MessageType schema;
  private final List<ColumnDescriptor> descriptors;
  private final ParquetFileWriter file;
  private final long rowGroupBytes;
  private final BytesInputCompressor compressor;
  private final Map<String, String> footer;
  private final ParquetProperties properties;
  private final RowType.Kind[] kinds;
  private final ColumnPages[] columns;
  private ColumnChunkPageWriteStore pages;
  private long rows;
  private long uncheckedBytes;

  RowFileWriter(OutputFile out, Schema avro, long rowGroupBytes) throws IOException {
    this.schema = new AvroSchemaConverter(configuration()).convert(avro);
    this.descriptors = schema.getColumns();
    this.rowGroupBytes = rowGroupBytes;
    this.properties =
        ParquetProperties.builder()
            .withAllocator(new HeapByteBufferAllocator())
            .withSizeStatisticsEnabled(false)
            .build();
    this.compressor = new ZstdCodecs().getCompressor(CompressionCodecName.ZSTD);
    this.footer = new TreeMap<>();
    footer.put(AVRO_SCHEMA, avro.toString());
    footer.put(ParquetWriter.OBJECT_MODEL_NAME_PROP, "avro");
    this.file =
        new ParquetFileWriter(
            out,
            schema,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            0,
            properties.getColumnIndexTruncateLength(),
            properties.getStatisticsTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    this.kinds =
        RowShape.of(avro).columns().stream().map(RowType.Single::kind).toArray(RowType.Kind[]::new);
    this.columns = new ColumnPages[kinds.length];
    file.start();
    startRowGroup();
  }

  /** Adds a row whose columns are the file's. */
  void append(FlatRow row) throws IOException {
    appendColumns(row);
    endRow();
  }

  /** Adds a row whose columns are the file's but for a last one, a long. */
  void append(FlatRow row, long last) throws IOException {
    appendColumns(row);
    columns[columns.length - 1].append(last);
    endRow();
  }

  /** Writes what is held, and the footer. */
  void finish() throws IOException {
    endRowGroup();
    file.end(footer);
    compressor.release();
  }

  @Override
  public void close() throws IOException {
    compressor.release();
    file.close();
  }

  private void appendColumns(FlatRow row) throws IOException {
    int count = row.shape().columns().size();
    for (int i = 0; i < count; i++) {
      uncheckedBytes += columns[i].append(row, row.column(i));
    }
  }

  private void endRow() throws IOException {
    rows++;
    if (uncheckedBytes >= CHECK_BYTES) {
      uncheckedBytes = 0;
      if (Arrays.stream(columns).mapToLong(ColumnPages::bufferedBytes).sum() >= rowGroupBytes) {
        endRowGroup();
        startRowGroup();
      }
    }
  }

  private void startRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    for (int i = 0; i < columns.length; i++) {
      ColumnDescriptor descriptor = descriptors.get(i);
      columns[i] = new ColumnPages(descriptor, kinds[i], pages.getPageWriter(descriptor));
    }
    rows = 0;
  }

  private void endRowGroup() throws IOException {
    if (rows > 0) {
      file.startBlock(rows);
      for (ColumnPages column : columns) {
        column.finish();
      }
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    rows = 0;
  }

  private static ParquetConfiguration configuration() {
    ParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    configuration.setBoolean(AvroWriteSupport.WRITE_PARQUET_UUID, true);
    return configuration;
  }
}
