package io.sluice.iceberg.merge;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FanoutDataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;

/** New data files of a table, one open for each partition that rows come for. */
public final class RowFiles implements Closeable {
  private final PartitionSpec spec;
  private final PartitionKey partition;
  private final InternalRecordWrapper wrapper;
  private final FanoutDataWriter<Record> writer;

  /**
   * Files named after {@code operation}: the same operation writes the same names.
   *
   * @param mostRows no file will have more
   */
  public RowFiles(Table table, String operation, long mostRows) {
    this.spec = table.spec();
    this.partition = new PartitionKey(spec, table.schema());
    this.wrapper = new InternalRecordWrapper(table.schema().asStruct());
    this.writer =
        new FanoutDataWriter<>(
            new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .writerProperties(bloomFilterSizes(table, mostRows))
                .build(),
            OutputFileFactory.builderFor(table, 0, 0)
                .operationId(operation)
                .format(FileFormat.PARQUET)
                .build(),
            table.io(),
            PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT));
  }

  /**
   * How many values each Bloom filter is made for. Not told, Parquet makes each of them 1 MiB,
   * however few rows there are, and one is in memory for each key column of each open file.
   */
  private static Map<String, String> bloomFilterSizes(Table table, long mostRows) {
    String filtered = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
    Map<String, String> sizes = new HashMap<>();
    for (String property : table.properties().keySet()) {
      if (property.startsWith(filtered)) {
        sizes.put(
            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX
                + property.substring(filtered.length()),
            Long.toString(Math.max(1, mostRows)));
      }
    }
    return sizes;
  }

  /** Writes a row, which may be changed afterwards. */
  public void add(Record row) {
    partition.partition(wrapper.wrap(row));
    writer.write(row, spec, partition);
  }

  /** Closes the files and says what they are. */
  public List<DataFile> finish() throws IOException {
    writer.close();
    return writer.result().dataFiles();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
