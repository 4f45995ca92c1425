package io.sluice.formats.parquet;

import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowColumn;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Rows into a Parquet file, column by column, as parquet-java's own writer does it for records. The
 * footer carries the Avro schema under the names that parquet-avro reads.
 */
final class RowFileWriter implements AutoCloseable {
  /** 1 MiB: how much is taken between two looks at how large the row group has become. */
  private static final long CHECK_BYTES = 1L << 20;

  /** About what an entry costs beside its bytes: its value and its levels. */
  private static final int ENTRY_BYTES = 9;

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
  private final int[] definitions;
  private final ColumnWriter[] writers;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
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
    List<RowType.Single> types = RowShape.of(avro).columns();
    this.kinds = types.stream().map(RowType.Single::kind).toArray(RowType.Kind[]::new);
    this.definitions = types.stream().mapToInt(type -> type.place().definition()).toArray();
    this.writers = new ColumnWriter[types.size()];
    file.start();
    startRowGroup();
  }

  /** Adds a row whose columns are the file's. */
  void append(FlatRow row) throws IOException {
    int count = row.shape().columns().size();
    for (int i = 0; i < count; i++) {
      write(row, i);
    }
    endRow();
  }

  /** Adds a row whose columns are the file's but for a last one, a long. */
  void append(FlatRow row, long last) throws IOException {
    int count = row.shape().columns().size();
    for (int i = 0; i < count; i++) {
      write(row, i);
    }
    writers[count].write(last, 0, 0);
    endRow();
  }

  /** Writes what is held, and the footer. */
  void finish() throws IOException {
    endRowGroup();
    file.end(footer);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void write(FlatRow row, int index) {
    RowColumn column = row.column(index);
    ColumnWriter writer = writers[index];
    int present = definitions[index];
    int entries = column.entries();
    int next = 0;
    for (int i = 0; i < entries; i++) {
      int repetition = column.repetition(i);
      int definition = column.definition(i);
      if (definition < present) {
        writer.writeNull(repetition, definition);
      } else {
        write(row, index, column.value(next++), repetition);
      }
    }
    uncheckedBytes += (long) entries * ENTRY_BYTES;
  }

  private void write(FlatRow row, int index, long value, int repetition) {
    ColumnWriter writer = writers[index];
    int definition = definitions[index];
    switch (kinds[index]) {
      case BOOLEAN -> writer.write(value != 0, repetition, definition);
      case INT -> writer.write((int) value, repetition, definition);
      case LONG -> writer.write(value, repetition, definition);
      case FLOAT -> writer.write(Float.intBitsToFloat((int) value), repetition, definition);
      case DOUBLE -> writer.write(Double.longBitsToDouble(value), repetition, definition);
      case TEXT, SYMBOL, BYTES, FIXED, UUID -> {
        int length = FlatRow.length(value);
        uncheckedBytes += length;
        writer.write(
            Binary.fromReusedByteArray(row.holder(value), FlatRow.start(value), length),
            repetition,
            definition);
      }
    }
  }

  private void endRow() throws IOException {
    columns.endRecord();
    rows++;
    if (uncheckedBytes >= CHECK_BYTES) {
      uncheckedBytes = 0;
      if (columns.getBufferedSize() >= rowGroupBytes) {
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
    columns = properties.newColumnWriteStore(schema, pages);
    for (int i = 0; i < writers.length; i++) {
      writers[i] = columns.getColumnWriter(descriptors.get(i));
    }
    rows = 0;
  }

  private void endRowGroup() throws IOException {
    if (rows > 0) {
      file.startBlock(rows);
      columns.flush();
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
