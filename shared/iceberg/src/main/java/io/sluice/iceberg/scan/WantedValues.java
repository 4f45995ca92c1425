package io.sluice.iceberg.scan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The values that one field of the wanted keys has. While keys are few each value is kept, in the
 * keys' order; of many the least and the greatest, and of those that were scanned roughly where
 * between these they are.
 */
final class WantedValues {
  /** Half a mebibyte: a merge takes ten batches, which have a row group or two each. */
  private static final int MOST_SPREADS = 64;

  private final List<KeyValue> values = new ArrayList<>();
  private final List<ValueSpread> spreads = new ArrayList<>();
  private boolean areSpread = true;
  private boolean isAnywhere;
  private @Nullable KeyValue least;
  private @Nullable KeyValue greatest;

  /** Adds the value of one more key. */
  void add(Object value, boolean keep) {
    KeyValue wanted = KeyValue.of(value);
    if (keep) {
      values.add(wanted);
    } else {
      values.clear();
    }
    areSpread = false;
    widen(wanted, wanted);
  }

  /** Begins with the values of a row group, none of which is kept. */
  void begin(ColumnDescriptor column, @Nullable Statistics<?> statistics) {
    values.clear();
    areSpread &= spreads.size() < MOST_SPREADS;
    if (statistics == null || !statistics.hasNonNullValue()) {
      isAnywhere = true;
      return;
    }
    KeyValue low = KeyValue.of(ByteBuffer.wrap(statistics.getMinBytes()), column);
    KeyValue high = KeyValue.of(ByteBuffer.wrap(statistics.getMaxBytes()), column);
    widen(low, high);
    if (areSpread) {
      spreads.add(new ValueSpread(low, high));
    }
  }

  /** Adds the chunk's first values, of the row group that was begun with. */
  void add(ScannedColumn column, int count) {
    if (areSpread && !isAnywhere) {
      spreads.getLast().mark(column, count);
    }
  }

  private void widen(KeyValue low, KeyValue high) {
    least = least == null || low.compareTo(least) < 0 ? low : least;
    greatest = greatest == null || high.compareTo(greatest) > 0 ? high : greatest;
  }

  /** A value as a row has it that none is less than; absent where it is not known. */
  Optional<Object> least(Type type) {
    return isAnywhere ? Optional.empty() : Optional.ofNullable(least).map(v -> v.inRow(type));
  }

  /** A value as a row has it that none is greater than; absent where it is not known. */
  Optional<Object> greatest(Type type) {
    return isAnywhere ? Optional.empty() : Optional.ofNullable(greatest).map(v -> v.inRow(type));
  }

  /** Takes those keys out of {@code keys} whose value a Bloom filter does not have. */
  void ask(BloomBits filter, ColumnDescriptor column, BitSet keys) {
    for (int key = keys.nextSetBit(0); key >= 0; key = keys.nextSetBit(key + 1)) {
      if (!filter.mayHave(values.get(key).hash(column))) {
        keys.clear(key);
      }
    }
  }

  /** Something that may have a value of a filter's column. */
  interface BloomBits {
    boolean mayHave(long hash);
  }

  /** Whether any value, or any of the {@code keys} if they are kept, may be within bounds. */
  boolean mayBeWithin(KeyValue low, KeyValue high, @Nullable BitSet keys) {
    if (isAnywhere) {
      return true;
    }
    if (least == null
        || greatest == null
        || least.compareTo(high) > 0
        || greatest.compareTo(low) < 0) {
      return false;
    }
    return keys == null
        ? !areSpread || spreads.stream().anyMatch(spread -> spread.mayBeWithin(low, high))
        : keys.stream()
            .mapToObj(values::get)
            .anyMatch(value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0);
  }

  /** Whether there are values all over the bounds, so that little within them can be left out. */
  boolean cover(KeyValue low, KeyValue high) {
    if (areSpread && !isAnywhere) {
      return spreads.stream().anyMatch(spread -> spread.covers(low, high));
    }
    return isAnywhere
        || (least != null
            && greatest != null
            && least.compareTo(low) <= 0
            && greatest.compareTo(high) >= 0);
  }
}
