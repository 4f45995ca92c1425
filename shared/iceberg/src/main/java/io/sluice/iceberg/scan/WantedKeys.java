package io.sluice.iceberg.scan;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** The keys that are looked for, by the values of their fields: where in a file they can be. */
public final class WantedKeys {
  /**
   * So many keys are few: of a thousand ten pass a Bloom filter by chance, and where rows are
   * sorted these are in ten pages.
   */
  static final int FEW = 1_000;

  private final List<WantedValues> fields;
  private int count;

  /** No keys yet, of so many fields. */
  public WantedKeys(int fields) {
    this.fields = Stream.generate(WantedValues::new).limit(fields).toList();
  }

  /** Adds a key, whose fields have these values of a row. */
  public void add(List<Object> values) {
    count++;
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).add(values.get(i), count <= FEW);
    }
  }

  /** Begins with the keys of a row group, of which nothing but what it says of itself is known. */
  void begin(BlockMetaData group, List<ScannedColumn> columns) {
    count = Math.max(count, FEW) + Math.toIntExact(group.getRowCount());
    for (int i = 0; i < fields.size(); i++) {
      ColumnDescriptor column = columns.get(i).column();
      fields.get(i).begin(column, ColumnFile.chunk(group, column).getStatistics());
    }
  }

  /** Adds keys of the row group that was begun with: as many as the columns' chunks have values. */
  void add(List<ScannedColumn> columns, int more) {
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).add(columns.get(i), more);
    }
  }

  /** A value of a field, as a row has it, that no key's is less than; absent where unknown. */
  public Optional<Object> least(int field, Type type) {
    return fields.get(field).least(type);
  }

  /** A value of a field, as a row has it, that no key's is greater than; absent where unknown. */
  public Optional<Object> greatest(int field, Type type) {
    return fields.get(field).greatest(type);
  }

  /**
   * Whether a key may have a value of a field between two, as Iceberg's bounds of it have them. Its
   * type is a text, a whole number, a date or a time.
   */
  public boolean mayBeWithin(int field, Type type, ByteBuffer low, ByteBuffer high) {
    return fields
        .get(field)
        .mayBeWithin(KeyValue.of(low, type), KeyValue.of(high, type), areFew() ? numbers() : null);
  }

  boolean areFew() {
    return count <= FEW;
  }

  /** The numbers of all keys, if they are few. */
  BitSet numbers() {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }

  WantedValues field(int number) {
    return fields.get(number);
  }
}
