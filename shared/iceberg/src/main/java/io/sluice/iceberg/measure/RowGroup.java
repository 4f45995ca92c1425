package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.iceberg.scan.ColumnPages;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** The columns of one row group of a Parquet file, each read when it is first needed. */
final class RowGroup {
  private final ParquetFileReader file;
  private final int index;
  private final Schema schema;
  private final MessageType stored;
  private final BlockMetaData block;
  private final Map<FieldPath, ColumnValues> read = new LinkedHashMap<>();
  private final Map<FieldPath, Optional<ColumnValues>> dictionaries = new HashMap<>();

  private RowGroup(ParquetFileReader file, int index, Schema schema) {
    this.file = file;
    this.index = index;
    this.schema = schema;
    this.stored = file.getFileMetaData().getSchema();
    this.block = file.getFooter().getBlocks().get(index);
  }

  /** What is done with the row groups of a file. */
  interface Visit {
    void of(RowGroup group) throws IOException;
  }

  /** Makes {@code visit} to every row group of {@code file}. */
  static void each(Table table, DataFile file, Visit visit) throws IOException {
    ParquetSource source =
        new ParquetSource(table.io().newInputFile(file.location(), file.fileSizeInBytes()));
    try (ParquetFileReader reader = ParquetFileReader.open(source, ParquetFiles.anyCodec())) {
      for (int group = 0; group < reader.getFooter().getBlocks().size(); group++) {
        visit.of(new RowGroup(reader, group, table.schema()));
      }
    }
  }

  int rows() {
    return Math.toIntExact(block.getRowCount());
  }

  /** How many rows have no value in {@code field}, where the footer says so. */
  Optional<Long> nulls(FieldPath field) {
    Optional<StoredColumn> column = StoredColumn.find(stored, schema, field);
    if (column.isEmpty()) {
      return Optional.of(block.getRowCount());
    }
    return column
        .filter(each -> each.type().isPrimitiveType())
        .map(each -> chunk(each.leaf()).getStatistics())
        .filter(statistics -> statistics != null && statistics.isNumNullsSet())
        .map(statistics -> statistics.getNumNulls());
  }

  /**
   * Every value of {@code field}, each once, where the row group keeps all of them in a dictionary:
   * no page is read, and which row has which is not known.
   */
  Optional<ColumnValues> dictionary(FieldPath field) throws IOException {
    Optional<ColumnValues> known = dictionaries.get(field);
    if (known == null) {
      known = readDictionary(field);
      dictionaries.put(field, known);
    }
    return known;
  }

  private Optional<ColumnValues> readDictionary(FieldPath field) throws IOException {
    Optional<StoredColumn> column =
        StoredColumn.find(stored, schema, field).filter(each -> each.type().isPrimitiveType());
    if (column.isEmpty() || !isAllInDictionary(chunk(column.get().leaf()))) {
      return Optional.empty();
    }
    DictionaryPageReadStore dictionaries = file.getDictionaryReader(index);
    DictionaryPage page = dictionaries.readDictionaryPage(column.get().leaf());
    if (page == null) {
      return Optional.empty();
    }
    ColumnValues values = new ColumnValues(column.get().type(), 0);
    Dictionary dictionary = page.getEncoding().initDictionary(column.get().leaf(), page);
    values.take(dictionary);
    return Optional.of(values);
  }

  private static boolean isAllInDictionary(ColumnChunkMetaData chunk) {
    EncodingStats statistics = chunk.getEncodingStats();
    return statistics != null
        && statistics.hasDictionaryPages()
        && !statistics.hasNonDictionaryEncodedPages();
  }

  /** Reads {@code fields}, all at once, as far as they were not read before. */
  void read(Collection<FieldPath> fields) throws IOException {
    Map<FieldPath, StoredColumn> open = new LinkedHashMap<>();
    for (FieldPath field : fields) {
      if (!read.containsKey(field)) {
        StoredColumn.find(stored, schema, field)
            .ifPresentOrElse(
                column -> open.put(field, column),
                () -> read.put(field, new ColumnValues(schema.findType(field.toString()), rows())));
      }
    }
    if (open.isEmpty()) {
      return;
    }
    file.setRequestedSchema(open.values().stream().map(StoredColumn::leaf).distinct().toList());
    try (PageReadStore pages = file.readRowGroup(index)) {
      for (Map.Entry<FieldPath, StoredColumn> each : open.entrySet()) {
        read.put(each.getKey(), values(pages, each.getValue()));
      }
    }
  }

  /** The values of a field that was read. */
  ColumnValues values(FieldPath field) {
    return Objects.requireNonNull(read.get(field));
  }

  private ColumnValues values(PageReadStore pages, StoredColumn column) throws IOException {
    ColumnValues values = new ColumnValues(column.type(), rows());
    PageReader reader = pages.getPageReader(column.leaf());
    if (column.type().isPrimitiveType()) {
      new PageValues(column.leaf(), values).read(new ColumnPages(column.leaf(), reader));
    } else {
      readPresence(reader, column, values);
    }
    return values;
  }

  /** Of a record, a list or a map no more is told than whether it is there. */
  private void readPresence(PageReader pages, StoredColumn column, ColumnValues values) {
    ColumnReaderImpl reader =
        new ColumnReaderImpl(
            column.leaf(),
            pages,
            new PrimitiveConverter() {},
            version(file.getFileMetaData().getCreatedBy()));
    int row = -1;
    for (long left = chunk(column.leaf()).getValueCount(); left > 0; left--) {
      if (reader.getCurrentRepetitionLevel() == 0) {
        row++;
        if (reader.getCurrentDefinitionLevel() >= column.presentFrom()) {
          values.addPresent(row);
        }
      }
      reader.consume();
    }
  }

  private ColumnChunkMetaData chunk(ColumnDescriptor leaf) {
    ColumnPath path = ColumnPath.get(leaf.getPath());
    return block.getColumns().stream()
        .filter(each -> each.getPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static ParsedVersion version(String createdBy) {
    try {
      return VersionParser.parse(createdBy);
    } catch (VersionParseException e) {
      return new ParsedVersion(createdBy, "", "");
    }
  }
}
