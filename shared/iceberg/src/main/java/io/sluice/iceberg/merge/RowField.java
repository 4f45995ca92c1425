package io.sluice.iceberg.merge;

import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Where in a row a field is. Iceberg's accessors refuse dates and times of rows. */
record RowField(Type type, List<Integer> positions) {
  /** Copies the positions. */
  RowField {
    positions = List.copyOf(positions);
  }

  static RowField find(Types.StructType row, FieldPath path) {
    Type type = row;
    List<Integer> positions = new ArrayList<>();
    for (String name : path.names()) {
      Types.StructType struct = type.asStructType();
      Types.NestedField field = struct.field(name);
      positions.add(struct.fields().indexOf(field));
      type = field.type();
    }
    return new RowField(type, positions);
  }

  @Nullable Object of(StructLike row) {
    Object value = row;
    for (int position : positions) {
      value = value == null ? null : ((StructLike) value).get(position, Object.class);
    }
    return value;
  }
}
