package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Where a field stands in the rows of a projection. */
final class Column {
  private final int[] positions;

  Column(Schema projection, FieldPath path) {
    positions = new int[path.names().size()];
    Types.StructType type = projection.asStruct();
    for (int depth = 0; depth < positions.length; depth++) {
      Types.NestedField field = type.field(path.names().get(depth));
      positions[depth] = type.fields().indexOf(field);
      type = field.type().isStructType() ? field.type().asStructType() : type;
    }
  }

  /** Its value; null when it, or a record around it, is. */
  @Nullable Object of(Record row) {
    Object value = row.get(positions[0]);
    for (int depth = 1; depth < positions.length && value != null; depth++) {
      value = ((Record) value).get(positions[depth]);
    }
    return value;
  }
}
