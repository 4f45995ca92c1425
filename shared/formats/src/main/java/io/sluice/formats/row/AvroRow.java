package io.sluice.formats.row;

import io.sluice.contracts.contract.ContractField;
import io.sluice.core.id.FieldPath;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A row that is an Avro record. */
public record AvroRow(GenericRecord record) implements Row {
  @Override
  public Optional<Object> value(FieldPath path) {
    Schema type = record.getSchema();
    Object value = record;
    for (String name : path.names()) {
      Schema.Field field = type.getType() == Schema.Type.RECORD ? type.getField(name) : null;
      if (field == null) {
        throw noValue(path);
      }
      value = value instanceof GenericRecord parent ? parent.get(field.pos()) : null;
      type = ContractField.withoutNull(field.schema());
    }
    return switch (type.getType()) {
      case RECORD, ARRAY, MAP, UNION, NULL -> throw noValue(path);
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> plain(value);
    };
  }

  private static Optional<Object> plain(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case CharSequence text -> Optional.of(text.toString());
      case GenericEnumSymbol<?> symbol -> Optional.of(symbol.toString());
      case GenericFixed fixed -> Optional.of(ByteBuffer.wrap(fixed.bytes()));
      default -> Optional.of(value);
    };
  }

  static IllegalArgumentException noValue(FieldPath path) {
    return new IllegalArgumentException("Invalid field: " + path + " is no single value");
  }
}
