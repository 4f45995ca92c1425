package io.sluice.iceberg.merge;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.StructLikeMap;
import org.jspecify.annotations.Nullable;

/**
 * New data files of a table, one open for each partition that rows come for. Of open files the row
 * groups are in memory: when these come to much, the largest file is closed, and another one begun
 * where more rows come for its partition. Where the table has a sort order, rows stand in sorted
 * runs.
 */
public final class RowFiles implements Closeable {
  /** 128 MiB, one whole row group: a fifth of what a heap of 1 GiB keeps for long. */
  private static final long MOST_HELD_BYTES = 128L << 20;

  /** How large a file is costs as much to ask as to write a few rows. */
  private static final int ROWS_A_LOOK = 1_000;

  private final PartitionSpec spec;
  private final @Nullable SortedRuns runs;
  private final PartitionKey partition;
  private final InternalRecordWrapper wrapper;
  private final FileWriterFactory<Record> writers;
  private final OutputFileFactory names;
  private final long targetBytes;
  private final long groupBytes;
  private final long mostHeldBytes;
  private final Map<StructLike, OpenFile> open;
  private final List<DataFile> finished = new ArrayList<>();
  private long heldBytes;

  /**
   * Files named after {@code operation}: the same operation writes the same names.
   *
   * @param mostRows no file will have more
   */
  public RowFiles(Table table, String operation, long mostRows) {
    this(table, operation, mostRows, MOST_HELD_BYTES);
  }

  /** Files of which no more than so many bytes are in memory, as far as can be told. */
  RowFiles(Table table, String operation, long mostRows, long mostHeldBytes) {
    this.spec = table.spec();
    this.runs =
        table.sortOrder().isUnsorted()
            ? null
            : new SortedRuns(table.schema(), table.sortOrder(), this::write);
    this.partition = new PartitionKey(spec, table.schema());
    this.wrapper = new InternalRecordWrapper(table.schema().asStruct());
    this.open = StructLikeMap.create(spec.partitionType());
    this.mostHeldBytes = mostHeldBytes;
    this.targetBytes =
        bytes(
            table,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    this.groupBytes =
        bytes(
            table,
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
    this.writers =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .writerProperties(bloomFilterSizes(table, mostRows))
            .build();
    this.names =
        OutputFileFactory.builderFor(table, 0, 0)
            .operationId(operation)
            .format(FileFormat.PARQUET)
            .build();
  }

  private static long bytes(Table table, String property, long otherwise) {
    return PropertyUtil.propertyAsLong(table.properties(), property, otherwise);
  }

  private static final class OpenFile {
    private final DataWriter<Record> writer;
    private long rows;
    private long heldBytes;

    OpenFile(DataWriter<Record> writer) {
      this.writer = writer;
    }
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
    if (runs == null) {
      write(row);
    } else {
      runs.add(row);
    }
  }

  private void write(Record row) {
    partition.partition(wrapper.wrap(row));
    OpenFile file = open.get(partition);
    if (file == null) {
      PartitionKey where = partition.copy();
      file =
          new OpenFile(
              HadoopDefaults.without(
                  () -> writers.newDataWriter(names.newOutputFile(spec, where), spec, where)));
      open.put(where, file);
    }
    file.writer.write(row);
    if (++file.rows % ROWS_A_LOOK == 0) {
      look(file);
    }
  }

  private void look(OpenFile file) {
    long length = file.writer.length();
    long held = Math.min(length, groupBytes);
    heldBytes += held - file.heldBytes;
    file.heldBytes = held;
    if (length >= targetBytes) {
      finish(file);
    }
    while (heldBytes > mostHeldBytes) {
      finish(
          open.values().stream()
              .max(Comparator.comparingLong(each -> each.heldBytes))
              .orElseThrow());
    }
  }

  private void finish(OpenFile file) {
    open.values().remove(file);
    heldBytes -= file.heldBytes;
    try {
      file.writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    finished.add(file.writer.toDataFile());
  }

  /** Closes the files and says what they are. */
  public List<DataFile> finish() throws IOException {
    if (runs != null) {
      runs.flush();
    }
    List.copyOf(open.values()).forEach(this::finish);
    return List.copyOf(finished);
  }

  @Override
  public void close() throws IOException {
    for (OpenFile file : open.values()) {
      file.writer.close();
    }
    open.clear();
  }
}
