package io.sluice.formats.parquet;

import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/**
 * Pages whose dictionaries have no more entries than bytes: parquet-java makes room for as many as
 * a page says that it has.
 */
final class CheckedPages implements PageReadStore {
  private final PageReadStore pages;

  CheckedPages(PageReadStore pages) {
    this.pages = pages;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new Checked(pages.getPageReader(column));
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  @Override
  public Optional<Long> getRowIndexOffset() {
    return pages.getRowIndexOffset();
  }

  private static final class Checked implements PageReader {
    private final PageReader reader;

    Checked(PageReader reader) {
      this.reader = reader;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      DictionaryPage page = reader.readDictionaryPage();
      if (page != null && page.getDictionarySize() > page.getBytes().size()) {
        throw new IllegalArgumentException(
            "a dictionary has "
                + page.getDictionarySize()
                + " entries in "
                + page.getBytes().size()
                + " bytes");
      }
      return page;
    }

    @Override
    public long getTotalValueCount() {
      return reader.getTotalValueCount();
    }

    @Override
    public @Nullable DataPage readPage() {
      return reader.readPage();
    }
  }
}
