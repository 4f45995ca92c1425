package io.sluice.iceberg.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** The pages of one column, which is in no list or map, of a row group. */
public final class ColumnPages {
  private final ColumnDescriptor column;
  private final PageReader reader;
  private final @Nullable Dictionary dictionary;
  private long nextRow;

  /**
   * Begins with a row group, and reads the dictionary. Its bytes are good until the first page is
   * read.
   */
  public ColumnPages(ColumnDescriptor column, PageReader reader) throws IOException {
    this.column = column;
    this.reader = reader;
    DictionaryPage first = reader.readDictionaryPage();
    this.dictionary = first == null ? null : first.getEncoding().initDictionary(column, first);
  }

  /**
   * A page.
   *
   * @param firstRow the number of its first row in the row group
   * @param rows how many rows it has
   * @param present whether each of them has a value; null where all have
   * @param values of those rows that have one
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a list would box.
  public record Page(long firstRow, int rows, boolean @Nullable [] present, Stored values) {}

  /** How a page keeps its values. */
  public sealed interface Stored {
    /** One after the other, in the format's plain encoding, which of truth values is another. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a list would box.
    record Plain(byte[] bytes, int start) implements Stored {}

    /** By their ids in the dictionary. */
    record Ids(ValuesReader ids) implements Stored {}

    /** In some other way. */
    record Encoded(ValuesReader values) implements Stored {}
  }

  /** The dictionary, if there is one. */
  public Optional<Dictionary> dictionary() {
    return Optional.ofNullable(dictionary);
  }

  /** The next page; none at the end. It is good until the one after it is asked for. */
  public Optional<Page> next() throws IOException {
    DataPage page = reader.readPage();
    return switch (page) {
      case null -> Optional.empty();
      case DataPageV1 one -> Optional.of(page(one));
      case DataPageV2 two -> Optional.of(page(two));
      default -> throw new IOException("Cannot read column " + column + ": " + page);
    };
  }

  private Page page(DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    boolean[] present = null;
    if (column.getMaxDefinitionLevel() > 0) {
      ValuesReader levels =
          page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
      levels.initFromPage(page.getValueCount(), in);
      present = present(levels, page.getValueCount());
    }
    return page(page, present, in, page.getValueEncoding());
  }

  private Page page(DataPageV2 page) throws IOException {
    boolean[] present = null;
    if (page.getNullCount() > 0) {
      ValuesReader levels =
          new RunLengthBitPackingHybridValuesReader(
              BytesUtils.getWidthFromMaxInt(column.getMaxDefinitionLevel()));
      levels.initFromPage(page.getValueCount(), withLength(page.getDefinitionLevels()));
      present = present(levels, page.getValueCount());
    }
    return page(page, present, page.getData().toInputStream(), page.getDataEncoding());
  }

  /** Levels of a second kind of page lack the length that those of the first begin with. */
  private static ByteBufferInputStream withLength(BytesInput levels) throws IOException {
    return BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels).toInputStream();
  }

  private boolean @Nullable [] present(ValuesReader levels, int rows) {
    boolean[] all = new boolean[rows];
    boolean hasNull = false;
    for (int i = 0; i < rows; i++) {
      all[i] = levels.readInteger() == column.getMaxDefinitionLevel();
      hasNull |= !all[i];
    }
    return hasNull ? all : null;
  }

  private Page page(
      DataPage page, boolean @Nullable [] present, ByteBufferInputStream in, Encoding encoding)
      throws IOException {
    int rows = page.getValueCount();
    long first = page.getFirstRowIndex().orElse(nextRow);
    nextRow = first + rows;
    return new Page(first, rows, present, stored(rows, in, encoding));
  }

  private Stored stored(int rows, ByteBufferInputStream in, Encoding encoding) throws IOException {
    if (encoding == Encoding.PLAIN && isPlain(column.getPrimitiveType().getPrimitiveTypeName())) {
      ByteBuffer bytes = in.slice(in.available());
      ByteBuffer whole = bytes;
      if (!bytes.hasArray()) {
        whole = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
      }
      return new Stored.Plain(whole.array(), whole.arrayOffset() + whole.position());
    }
    if (encoding.usesDictionary()) {
      if (dictionary == null) {
        throw new IOException("Cannot read column " + column + ": it has no dictionary");
      }
      ValuesReader ids =
          encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary);
      ids.initFromPage(rows, in);
      return new Stored.Ids(ids);
    }
    ValuesReader values = encoding.getValuesReader(column, ValuesType.VALUES);
    values.initFromPage(rows, in);
    return new Stored.Encoded(values);
  }

  private static boolean isPlain(PrimitiveTypeName physical) {
    return physical != PrimitiveTypeName.BOOLEAN && physical != PrimitiveTypeName.INT96;
  }
}
