package io.sluice.iceberg.merge;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FanoutDataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;

/** New data files of a table, one open for each partition that rows come for. */
final class RowFiles implements Closeable {
  private final Table table;
  private final PartitionKey partition;
  private final InternalRecordWrapper wrapper;
  private final FanoutDataWriter<Record> writer;

  /** Files named after {@code operation}: the same operation writes the same names. */
  RowFiles(Table table, String operation) {
    this.table = table;
    this.partition = new PartitionKey(table.spec(), table.schema());
    this.wrapper = new InternalRecordWrapper(table.schema().asStruct());
    this.writer =
        new FanoutDataWriter<>(
            new GenericFileWriterFactory.Builder(table).dataFileFormat(FileFormat.PARQUET).build(),
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

  void add(Record row) {
    partition.partition(wrapper.wrap(row));
    writer.write(row, table.spec(), partition);
  }

  /** Closes the files and says what they are. */
  List<DataFile> finish() throws IOException {
    writer.close();
    return writer.result().dataFiles();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
