package io.sluice.iceberg.scan;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

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

  /** Adds as many keys as the columns' chunks have values that are counted. */
  public void add(List<ScannedColumn> columns, int more) {
    count = Math.max(count, FEW) + more;
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).add(columns.get(i), more);
    }
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
