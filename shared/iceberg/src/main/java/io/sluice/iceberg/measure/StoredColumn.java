package io.sluice.iceberg.measure;

import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Where a field of a table stands in a Parquet file.
 *
 * @param leaf its column; of a record, a list or a map the first beneath it
 * @param presentFrom the definition level from which on the field itself is not null
 * @param type as the table has it
 */
record StoredColumn(ColumnDescriptor leaf, int presentFrom, Type type) {
  /** The column of {@code field}; none where the file was written before the field was there. */
  static Optional<StoredColumn> find(MessageType file, Schema schema, FieldPath field) {
    List<String> path = new ArrayList<>();
    Types.StructType around = schema.asStruct();
    org.apache.parquet.schema.Type stored = file;
    Type type = around;
    for (String name : field.names()) {
      Types.NestedField step = around.field(name);
      Optional<org.apache.parquet.schema.Type> found =
          stored.asGroupType().getFields().stream()
              .filter(each -> each.getId() != null && each.getId().intValue() == step.fieldId())
              .findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      stored = found.get();
      type = step.type();
      path.add(stored.getName());
      around = type.isStructType() ? type.asStructType() : around;
    }
    int presentFrom = file.getMaxDefinitionLevel(path.toArray(String[]::new));
    while (!stored.isPrimitive()) {
      stored = stored.asGroupType().getType(0);
      path.add(stored.getName());
    }
    return Optional.of(
        new StoredColumn(
            file.getColumnDescription(path.toArray(String[]::new)), presentFrom, type));
  }
}
