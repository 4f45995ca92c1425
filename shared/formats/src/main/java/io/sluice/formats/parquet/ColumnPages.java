package io.sluice.formats.parquet;

import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowColumn;
import io.sluice.formats.row.RowType;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/**
 * One column of one row group on its way into pages. Values are kept plain until a page is full,
 * and only then looked up in the dictionary, compared and packed, all of a page at once: per value
 * parquet-java's own column writers cost more than reading the JSON does. The pages have what those
 * would choose: version 1, a dictionary for as long as it pays.
 */
final class ColumnPages {
  /** 20,000: the most rows that parquet-java puts into one page. */
  private static final int PAGE_ROWS = 20_000;

  /** 1 MiB of plain values: the page size that parquet-java has. */
  private static final int PAGE_BYTES = 1 << 20;

  /** 256 Ki entries, so that what is not there takes no more room than what is. */
  private static final int PAGE_ENTRIES = 1 << 18;

  /** About what an entry costs beside its bytes: its levels, or its place in the dictionary. */
  private static final int ENTRY_BYTES = 9;

  private final RowType.Kind kind;
  private final int maxDefinition;
  private final int maxRepetition;
  private final PageWriter out;
  private final SmallNumbers repetitions = new SmallNumbers();
  private final SmallNumbers definitions = new SmallNumbers();
  private final PageBytes values = new PageBytes();

  /** Booleans, or the dictionary's entries while a page is written. */
  private final SmallNumbers numbers = new SmallNumbers();

  private final PageBytes page = new PageBytes();
  private final PageDictionary dictionary = new PageDictionary();
  private final ValueRange range;
  private boolean looksUp;
  private int rows;
  private int entries;
  private int present;

  ColumnPages(ColumnDescriptor column, RowType.Kind kind, PageWriter out) {
    this.kind = kind;
    this.maxDefinition = column.getMaxDefinitionLevel();
    this.maxRepetition = column.getMaxRepetitionLevel();
    this.out = out;
    this.range = new ValueRange(column.getPrimitiveType(), kind);
    this.looksUp =
        switch (kind) {
          case BOOLEAN, FIXED, UUID -> false;
          case INT, LONG, FLOAT, DOUBLE, TEXT, SYMBOL, BYTES -> true;
        };
  }

  /** Adds the entries of a row's column, and says about how many bytes they took. */
  int append(FlatRow row, RowColumn column) throws IOException {
    int count = column.entries();
    if (maxDefinition > 0) {
      for (int i = 0; i < count; i++) {
        definitions.add(column.definition(i));
      }
    }
    if (maxRepetition > 0) {
      for (int i = 0; i < count; i++) {
        repetitions.add(column.repetition(i));
      }
    }
    int before = values.length();
    int valueCount = column.present();
    for (int i = 0; i < valueCount; i++) {
      add(row, column.value(i));
    }
    int taken = values.length() - before + count * ENTRY_BYTES;
    endRow(count, valueCount);
    return taken;
  }

  /** Adds the only entry of a row, a long. */
  void append(long value) throws IOException {
    values.putLong(value);
    endRow(1, 1);
  }

  /** About how many bytes are held. */
  long bufferedBytes() {
    return out.getMemSize()
        + values.length()
        + dictionary.heldBytes()
        + (long) Integer.BYTES * (definitions.count() + repetitions.count() + numbers.count());
  }

  /** Writes what is held. */
  void finish() throws IOException {
    if (entries > 0) {
      endPage();
    }
    if (dictionary.size() > 0) {
      out.writeDictionaryPage(
          new DictionaryPage(bytes(dictionary.entries()), dictionary.size(), Encoding.PLAIN));
    }
  }

  private void add(FlatRow row, long value) {
    switch (kind) {
      case BOOLEAN -> numbers.add((int) value);
      case INT, FLOAT -> values.putInt((int) value);
      case LONG, DOUBLE -> values.putLong(value);
      case TEXT, SYMBOL, BYTES -> {
        values.putInt(FlatRow.length(value));
        values.put(row.holder(value), FlatRow.start(value), FlatRow.length(value));
      }
      case FIXED, UUID ->
          values.put(row.holder(value), FlatRow.start(value), FlatRow.length(value));
    }
  }

  private void endRow(int entryCount, int valueCount) throws IOException {
    rows++;
    entries += entryCount;
    present += valueCount;
    if (rows == PAGE_ROWS || values.length() >= PAGE_BYTES || entries >= PAGE_ENTRIES) {
      endPage();
    }
  }

  private void endPage() throws IOException {
    page.truncate(0);
    putLevels(repetitions, maxRepetition);
    putLevels(definitions, maxDefinition);
    boolean isCoded = present > 0 && looksUp && lookUp();
    addToRange(isCoded);
    if (isCoded) {
      int width = width(dictionary.size() - 1);
      page.putByte(width);
      numbers.writeRuns(width, page);
    } else if (kind == RowType.Kind.BOOLEAN) {
      numbers.writePacked(1, page);
    }
    Statistics<?> statistics = range.take();
    statistics.incrementNumNulls(entries - present);
    out.writePage(
        isCoded ? bytes(page) : BytesInput.concat(bytes(page), bytes(values)),
        entries,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        isCoded ? Encoding.RLE_DICTIONARY : Encoding.PLAIN);
    values.truncate(0);
    numbers.clear();
    rows = 0;
    entries = 0;
    present = 0;
  }

  private void putLevels(SmallNumbers levels, int max) {
    if (max > 0) {
      int start = page.length();
      page.putInt(0);
      levels.writeRuns(width(max), page);
      page.setInt(start, page.length() - start - Integer.BYTES);
      levels.clear();
    }
  }

  /** Looks all values up; when that does not pay, they stay plain from this page on. */
  private boolean lookUp() {
    int before = dictionary.size();
    byte[] bytes = values.array();
    int end = values.length();
    int fixed = plainBytes();
    for (int at = 0; at < end && dictionary.entries().length() <= PageDictionary.MAX_BYTES; ) {
      int length = fixed > 0 ? fixed : Integer.BYTES + PageBytes.intAt(bytes, at);
      numbers.add(dictionary.entry(bytes, at, length));
      at += length;
    }
    long codedBits = (long) present * width(dictionary.size() - 1);
    long codedBytes = dictionary.entries().length() + codedBits / Byte.SIZE;
    if (dictionary.entries().length() <= PageDictionary.MAX_BYTES
        && (before > 0 || codedBytes < end)) {
      return true;
    }
    dictionary.truncate(before);
    numbers.clear();
    looksUp = false;
    return false;
  }

  /** How long each value is; 0 when it says so itself. */
  private int plainBytes() {
    return switch (kind) {
      case INT, FLOAT -> Integer.BYTES;
      case LONG, DOUBLE -> Long.BYTES;
      case BOOLEAN, TEXT, SYMBOL, BYTES, FIXED, UUID -> 0;
    };
  }

  private void addToRange(boolean isCoded) {
    if (isCoded) {
      boolean[] isIn = new boolean[dictionary.size()];
      for (int i = 0; i < numbers.count(); i++) {
        isIn[numbers.get(i)] = true;
      }
      for (int i = 0; i < isIn.length; i++) {
        if (isIn[i]) {
          range.add(dictionary.entries().array(), dictionary.start(i), dictionary.end(i));
        }
      }
    } else if (kind == RowType.Kind.BOOLEAN) {
      for (int i = 0; i < numbers.count(); i++) {
        range.addBoolean(numbers.get(i) != 0);
      }
    } else if (present > 0) {
      range.add(values.array(), 0, values.length());
    }
  }

  private static int width(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  private static BytesInput bytes(PageBytes bytes) {
    return BytesInput.from(bytes.array(), 0, bytes.length());
  }
}
