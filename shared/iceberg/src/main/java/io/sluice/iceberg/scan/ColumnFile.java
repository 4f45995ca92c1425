package io.sluice.iceberg.scan;

import io.sluice.formats.parquet.ZstdCodecs;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A data file that is open for its columns. */
public final class ColumnFile implements Closeable {
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final Map<Integer, ColumnDescriptor> columns = new HashMap<>();
  private final Set<ColumnDescriptor> used = new LinkedHashSet<>();

  private ColumnFile(ParquetFileReader reader, MessageType schema) {
    this.reader = reader;
    this.schema = schema;
    for (ColumnDescriptor column : schema.getColumns()) {
      Type.ID id = column.getPrimitiveType().getId();
      if (id != null && column.getMaxRepetitionLevel() == 0) {
        columns.put(id.intValue(), column);
      }
    }
  }

  /** Opens a data file, whose columns have ids, and reads its footer. */
  public static ColumnFile open(InputFile file) throws IOException {
    ParquetFileReader reader = reader(file);
    return new ColumnFile(reader, reader.getFileMetaData().getSchema());
  }

  /** Opens a file whose columns have names, and reads its footer. */
  public static ColumnFile open(InputFile file, NameMapping names) throws IOException {
    ParquetFileReader reader = reader(file);
    MessageType schema = reader.getFileMetaData().getSchema();
    return new ColumnFile(reader, ParquetSchemaUtil.applyNameMapping(schema, names));
  }

  private static ParquetFileReader reader(InputFile file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(ZstdCodecs.oneByOne())
            .build();
    return ParquetFileReader.open(new StoredInput(file), options);
  }

  /** The columns of the file. */
  public MessageType schema() {
    return schema;
  }

  /** The row groups of the file. */
  public List<BlockMetaData> groups() {
    return reader.getRowGroups();
  }

  /** Whether every page is compressed as Sluice does it, and can be read here. */
  public boolean isOurs() {
    return groups().stream()
        .flatMap(group -> group.getColumns().stream())
        .allMatch(chunk -> chunk.getCodec() == CompressionCodecName.ZSTD);
  }

  /** The column of a field that is in no list or map. Before any is read, all are asked for. */
  Optional<ColumnDescriptor> column(int field) {
    Optional<ColumnDescriptor> column = Optional.ofNullable(columns.get(field));
    column.ifPresent(used::add);
    return column;
  }

  /** What is in a row group of a column. */
  static ColumnChunkMetaData chunk(BlockMetaData group, ColumnDescriptor column) {
    String[] path = column.getPath();
    return group.getColumns().stream()
        .filter(chunk -> Arrays.equals(chunk.getPath().toArray(), path))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Column does not exist: " + column));
  }

  /** Reads columns of a whole row group. */
  PageReadStore read(int group, List<ColumnDescriptor> wanted) throws IOException {
    reader.setRequestedSchema(wanted);
    return reader.readRowGroup(group);
  }

  /** Whether the file says where in a row group the pages of the columns are. */
  boolean isPaged(int group) {
    BlockMetaData block = groups().get(group);
    return used.stream().allMatch(column -> chunk(block, column).getOffsetIndexReference() != null);
  }

  /** Reads the pages of columns of a row group that hold any of {@code rows}. */
  PageReadStore read(int group, List<ColumnDescriptor> wanted, RowRanges rows) throws IOException {
    // The reader keeps where pages are of the columns that it was to read at the first time.
    reader.setRequestedSchema(List.copyOf(used));
    reader.getColumnIndexStore(group);
    reader.setRequestedSchema(wanted);
    return reader.readFilteredRowGroup(group, rows);
  }

  /** Where the pages of a column of a row group are, if the file says so. */
  Optional<OffsetIndex> pages(int group, ColumnDescriptor column) throws IOException {
    return Optional.ofNullable(reader.readOffsetIndex(chunk(groups().get(group), column)));
  }

  /**
   * The least and greatest values of the pages of a column of a row group, if the file has them.
   */
  Optional<ColumnIndex> pageBounds(int group, ColumnDescriptor column) throws IOException {
    return Optional.ofNullable(reader.readColumnIndex(chunk(groups().get(group), column)));
  }

  /** The Bloom filter of a column of a row group, if there is one. */
  Optional<BloomFilter> bloomFilter(int group, ColumnDescriptor column) throws IOException {
    ColumnChunkMetaData chunk = chunk(groups().get(group), column);
    return chunk.getBloomFilterOffset() < 0
        ? Optional.empty()
        : Optional.ofNullable(reader.readBloomFilter(chunk));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
