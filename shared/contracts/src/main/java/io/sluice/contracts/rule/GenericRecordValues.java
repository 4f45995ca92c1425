package io.sluice.contracts.rule;

import io.sluice.contracts.contract.ContractField;
import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Avro's own records, one after the other, as rules see them. */
public final class GenericRecordValues implements RecordValues {
  private final int[][] positions;
  private @Nullable IndexedRecord record;

  /**
   * Values of {@code fields} in records of {@code schema}.
   *
   * @param fields which are there, as the rules of a contract are checked to be
   */
  public GenericRecordValues(Schema schema, List<FieldPath> fields) {
    this.positions = fields.stream().map(field -> positions(schema, field)).toArray(int[][]::new);
  }

  /** This, from now on of {@code record}. */
  public RecordValues of(IndexedRecord record) {
    this.record = record;
    return this;
  }

  @Override
  public @Nullable Object value(int field) {
    Object value = record;
    for (int position : positions[field]) {
      if (!(value instanceof IndexedRecord around)) {
        return null;
      }
      value = around.get(position);
    }
    return value;
  }

  private static int[] positions(Schema schema, FieldPath path) {
    int[] positions = new int[path.names().size()];
    Schema type = schema;
    for (int i = 0; i < positions.length; i++) {
      Schema.Field field = Objects.requireNonNull(type.getField(path.names().get(i)));
      positions[i] = field.pos();
      type = ContractField.withoutNull(field.schema());
    }
    return positions;
  }
}
