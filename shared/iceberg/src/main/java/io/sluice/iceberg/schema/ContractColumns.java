package io.sluice.iceberg.schema;

import io.sluice.contracts.contract.ContractField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Avro types as Iceberg types. Avro's {@code timestamp-*} is an instant, so it becomes {@code
 * timestamptz}; {@code local-timestamp-*} becomes {@code timestamp}. Ids are counted up from one,
 * outer fields first.
 */
final class ContractColumns {
  private int lastId;

  /** The columns of a record. */
  List<Types.NestedField> columns(Schema record) {
    int first = lastId + 1;
    lastId += record.getFields().size();
    List<Types.NestedField> columns = new ArrayList<>();
    int id = first;
    for (Schema.Field field : record.getFields()) {
      Type type = type(ContractField.withoutNull(field.schema()));
      columns.add(
          Types.NestedField.builder()
              .withId(id++)
              .withName(field.name())
              .ofType(type)
              .isOptional(field.schema().isNullable())
              .withDoc(field.doc())
              .build());
    }
    return columns;
  }

  private Type type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      return logicalType(schema, logical);
    }
    return switch (schema.getType()) {
      case RECORD -> Types.StructType.of(columns(schema));
      case ARRAY -> list(schema.getElementType());
      case MAP -> map(schema.getValueType());
      case BOOLEAN -> Types.BooleanType.get();
      case INT -> Types.IntegerType.get();
      case LONG -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case STRING, ENUM -> Types.StringType.get();
      case BYTES -> Types.BinaryType.get();
      case FIXED -> Types.FixedType.ofLength(schema.getFixedSize());
      case UNION, NULL ->
          throw new IllegalArgumentException("Invalid contract: a column of type " + schema);
    };
  }

  private static Type logicalType(Schema schema, LogicalType logical) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return Types.DecimalType.of(decimal.getPrecision(), decimal.getScale());
    }
    return switch (logical.getName()) {
      case "uuid" -> Types.UUIDType.get();
      case "date" -> Types.DateType.get();
      case "time-millis", "time-micros" -> Types.TimeType.get();
      case "timestamp-millis", "timestamp-micros" -> Types.TimestampType.withZone();
      case "local-timestamp-millis", "local-timestamp-micros" -> Types.TimestampType.withoutZone();
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Invalid contract: logical type %s of %s",
                  logical.getName(),
                  schema));
    };
  }

  private Type list(Schema element) {
    int id = ++lastId;
    Type type = type(ContractField.withoutNull(element));
    return element.isNullable()
        ? Types.ListType.ofOptional(id, type)
        : Types.ListType.ofRequired(id, type);
  }

  private Type map(Schema value) {
    int keyId = ++lastId;
    int valueId = ++lastId;
    Type type = type(ContractField.withoutNull(value));
    return value.isNullable()
        ? Types.MapType.ofOptional(keyId, valueId, Types.StringType.get(), type)
        : Types.MapType.ofRequired(keyId, valueId, Types.StringType.get(), type);
  }
}
