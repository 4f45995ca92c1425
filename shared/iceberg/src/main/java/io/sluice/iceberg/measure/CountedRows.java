package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import io.sluice.iceberg.schema.TableShape;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of data files count: those that readers see, and no row that is kept to say that it
 * was deleted.
 *
 * @param batches of which batches rows count; all when there are none
 */
record CountedRows(Schema schema, Set<String> batches) {
  private static final FieldPath BATCH = FieldPath.parse(TableShape.BATCH);
  private static final FieldPath DELETED = FieldPath.parse(TableShape.DELETED_POSITION);

  /** Whether every row of {@code file} counts. */
  boolean areAll(DataFile file) {
    return batches.isEmpty() && !mayHoldDeleted(file);
  }

  /** What has to be read of {@code file} to tell. */
  Set<FieldPath> fields(DataFile file) {
    Set<FieldPath> fields = new LinkedHashSet<>();
    if (!batches.isEmpty()) {
      fields.add(BATCH);
    }
    if (mayHoldDeleted(file)) {
      fields.add(DELETED);
    }
    return fields;
  }

  /** The rows of a row group of {@code file} that count; null for all. */
  @Nullable BitSet of(RowGroup group, DataFile file) {
    BitSet rows = batches.isEmpty() ? null : having(group, BATCH, batches);
    if (!mayHoldDeleted(file)) {
      return rows;
    }
    BitSet alive = rows;
    if (alive == null) {
      alive = new BitSet(group.rows());
      alive.set(0, group.rows());
    }
    ColumnValues deleted = group.values(DELETED);
    for (int row = alive.nextSetBit(0); row >= 0; row = alive.nextSetBit(row + 1)) {
      if (deleted.code(row) != ColumnValues.NULL) {
        alive.clear(row);
      }
    }
    return alive;
  }

  /** Unless the file's statistics say that no row of it has been deleted. */
  private boolean mayHoldDeleted(DataFile file) {
    Types.NestedField field = schema.findField(TableShape.DELETED_POSITION);
    if (field == null) {
      return false;
    }
    Map<Integer, Long> nulls = file.nullValueCounts();
    return nulls == null
        || nulls.getOrDefault(field.fieldId(), 0L).longValue() != file.recordCount();
  }

  /** The rows whose value of {@code field} is one of {@code wanted}. */
  static BitSet having(RowGroup group, FieldPath field, Set<String> wanted) {
    ColumnValues values = group.values(field);
    boolean[] isWanted = new boolean[values.size()];
    for (int value = 0; value < isWanted.length; value++) {
      isWanted[value] = wanted.contains(values.text(value));
    }
    BitSet rows = new BitSet(group.rows());
    for (int row = 0; row < group.rows(); row++) {
      int code = values.code(row);
      if (code != ColumnValues.NULL && isWanted[code]) {
        rows.set(row);
      }
    }
    return rows;
  }
}
