package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.contracts.contract.ContractField;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Compiles an Avro schema into decoders, and holds those of nested values. */
final class Decoders {
  private Decoders() {}

  /**
   * The decoder of {@code type}.
   *
   * @param path where the type stands in the contract, for counting unknown fields
   */
  static ValueDecoder of(Schema type, String path) {
    return switch (type.getType()) {
      case RECORD -> new RecordValue(type, path);
      case ARRAY -> array(type, of(type.getElementType(), path + "[]"));
      case MAP -> map(of(type.getValueType(), path + "{}"));
      case UNION -> nullable(of(ContractField.withoutNull(type), path));
      case ENUM -> Scalars.enumeration(type);
      case STRING -> type.getLogicalType() == null ? Scalars::string : Scalars::uuid;
      case BYTES -> binary(type);
      case FIXED -> binary(type);
      case INT -> type.getLogicalType() == null ? Scalars::integer : Times::date;
      case LONG -> longs(type.getLogicalType());
      case FLOAT -> Scalars::floating;
      case DOUBLE -> Scalars::doubleFloating;
      case BOOLEAN -> Scalars::bool;
      case NULL -> throw new IllegalArgumentException("Invalid contract: always null at " + path);
    };
  }

  private static ValueDecoder longs(@Nullable LogicalType logical) {
    return switch (logical) {
      case null -> Scalars::longInteger;
      case LogicalTypes.TimestampMillis ignored -> Times::millis;
      case LogicalTypes.TimestampMicros ignored -> Times::micros;
      default -> throw new IllegalArgumentException("Invalid contract: " + logical.getName());
    };
  }

  private static ValueDecoder binary(Schema type) {
    return type.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? new DecimalValue(type, decimal)
        : Scalars.binary(type);
  }

  private static ValueDecoder nullable(ValueDecoder present) {
    return in -> in.at(JsonToken.VALUE_NULL) ? null : present.decode(in);
  }

  private static ValueDecoder array(Schema type, ValueDecoder element) {
    return in -> {
      if (!in.at(JsonToken.START_ARRAY)) {
        return in.wrongType("an array");
      }
      GenericData.Array<@Nullable Object> elements = new GenericData.Array<>(0, type);
      while (in.parser().nextToken() != JsonToken.END_ARRAY) {
        in.count(1);
        elements.add(element.decode(in));
      }
      return elements;
    };
  }

  private static ValueDecoder map(ValueDecoder value) {
    return in -> {
      if (!in.at(JsonToken.START_OBJECT)) {
        return in.wrongType("an object");
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      while (in.parser().nextToken() != JsonToken.END_OBJECT) {
        in.count(2);
        String key = in.parser().currentName();
        in.parser().nextToken();
        if (values.containsKey(key)) {
          in.refuse("duplicate", "each key once");
        } else {
          values.put(key, value.decode(in));
        }
      }
      return values;
    };
  }
}
