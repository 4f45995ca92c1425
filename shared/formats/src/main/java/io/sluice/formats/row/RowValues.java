package io.sluice.formats.row;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.contracts.rule.GenericRecordValues;
import io.sluice.contracts.rule.RecordValues;
import io.sluice.core.id.FieldPath;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Rows, one after the other, as rules see them. */
public final class RowValues implements RecordValues {
  private final List<FieldPath> fields;
  private final boolean[] isSingle;
  private final GenericRecordValues whole;
  private @Nullable Row row;
  private boolean isWhole;

  /** Values of {@code fields} in rows of {@code contract}. */
  public RowValues(Contract contract, List<FieldPath> fields) {
    this.fields = List.copyOf(fields);
    this.isSingle = new boolean[fields.size()];
    for (int i = 0; i < isSingle.length; i++) {
      isSingle[i] = contract.find(fields.get(i)).map(RowValues::isSingle).orElse(false);
    }
    this.whole = new GenericRecordValues(contract.schema(), fields);
  }

  /** This, from now on of {@code next}. */
  public RecordValues of(Row next) {
    row = next;
    isWhole = false;
    return this;
  }

  @Override
  public @Nullable Object value(int field) {
    if (row == null) {
      return null;
    }
    if (isSingle[field]) {
      return row.value(fields.get(field)).orElse(null);
    }
    if (!isWhole) {
      whole.of(row.record());
      isWhole = true;
    }
    return whole.value(field);
  }

  /** Whether a field has no value in the row; quicker than to ask for the value. */
  public boolean isNull(int field) {
    if (isSingle[field]) {
      if (row instanceof FlatRow flat) {
        return flat.isNull(fields.get(field));
      }
    }
    return value(field) == null;
  }

  /** A fixed value is told from bytes by Avro's own type. */
  private static boolean isSingle(ContractField field) {
    return field.isPrimitive() && field.type().getType() != Schema.Type.FIXED;
  }
}
