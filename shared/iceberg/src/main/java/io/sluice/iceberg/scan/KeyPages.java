package io.sluice.iceberg.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a row group that can have one of the wanted keys, by what the file says beside its
 * pages: the least and greatest values of the group, which the footer has; Bloom filters, where
 * keys are few; and the least and greatest values of pages, where they can leave anything out.
 */
final class KeyPages {
  private final ColumnFile file;
  private final int group;
  private final BlockMetaData block;
  private final List<ColumnDescriptor> columns;
  private final WantedKeys wanted;

  KeyPages(ColumnFile file, int group, List<ColumnDescriptor> columns, WantedKeys wanted) {
    this.file = file;
    this.group = group;
    this.block = file.groups().get(group);
    this.columns = columns;
    this.wanted = wanted;
  }

  /** The rows that can have a key; none of them where no row can. */
  RowRanges rows() throws IOException {
    boolean narrows = wanted.areFew();
    for (int i = 0; i < columns.size(); i++) {
      Statistics<?> statistics = ColumnFile.chunk(block, columns.get(i)).getStatistics();
      if (statistics != null && statistics.hasNonNullValue()) {
        KeyValue min = value(i, ByteBuffer.wrap(statistics.getMinBytes()));
        KeyValue max = value(i, ByteBuffer.wrap(statistics.getMaxBytes()));
        if (!wanted.field(i).mayBeWithin(min, max, null)) {
          return RowRanges.EMPTY;
        }
        narrows |= !wanted.field(i).cover(min, max);
      }
    }
    @Nullable BitSet keys = wanted.areFew() ? notRefused() : null;
    if (keys != null && keys.isEmpty()) {
      return RowRanges.EMPTY;
    }
    RowRanges rows = RowRanges.createSingle(block.getRowCount());
    for (int i = 0; narrows && file.isPaged(group) && i < columns.size(); i++) {
      Optional<RowRanges> within = pages(i, keys);
      rows = within.isPresent() ? RowRanges.intersection(rows, within.get()) : rows;
    }
    return rows;
  }

  /** The few keys that every Bloom filter there is may have. */
  private BitSet notRefused() throws IOException {
    BitSet keys = wanted.numbers();
    for (int i = 0; i < columns.size() && !keys.isEmpty(); i++) {
      Optional<BloomFilter> filter = file.bloomFilter(group, columns.get(i));
      if (filter.isPresent()) {
        wanted.field(i).ask(filter.get()::findHash, columns.get(i), keys);
      }
    }
    return keys;
  }

  /** The pages of a column that can have a key; none where the file does not say. */
  private Optional<RowRanges> pages(int i, @Nullable BitSet keys) throws IOException {
    Optional<ColumnIndex> index = file.pageBounds(group, columns.get(i));
    Optional<OffsetIndex> offsets = file.pages(group, columns.get(i));
    if (index.isEmpty() || offsets.isEmpty()) {
      return Optional.empty();
    }
    List<ByteBuffer> mins = index.get().getMinValues();
    List<ByteBuffer> maxes = index.get().getMaxValues();
    RowRanges.Builder rows = RowRanges.builder();
    for (int page = 0; page < offsets.get().getPageCount(); page++) {
      boolean isNull = index.get().getNullPages().get(page);
      if (!isNull
          && wanted
              .field(i)
              .mayBeWithin(value(i, mins.get(page)), value(i, maxes.get(page)), keys)) {
        rows.addSelectedRange(
            offsets.get().getFirstRowIndex(page),
            offsets.get().getLastRowIndex(page, block.getRowCount()));
      }
    }
    return Optional.of(rows.build());
  }

  private KeyValue value(int i, ByteBuffer stored) {
    return KeyValue.of(stored, columns.get(i));
  }
}
