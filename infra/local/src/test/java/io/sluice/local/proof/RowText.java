package io.sluice.local.proof;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** One text for every row, whoever read it: what is equal under the contract is equal as text. */
final class RowText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private RowText() {}

  /** In what timestamps are given. */
  enum Time {
    CONTRACT_UNIT,
    MICROS
  }

  static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** The text of {@code value}, which matches {@code schema}. */
  static String of(@Nullable JsonNode value, Schema schema, Time time) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return "null";
    }
    Schema type = withoutNull(schema);
    return switch (type.getType()) {
      case RECORD -> {
        List<String> fields = new ArrayList<>();
        for (Schema.Field field : type.getFields()) {
          fields.add(field.name() + ":" + of(value.get(field.name()), field.schema(), time));
        }
        yield fields.toString();
      }
      case ARRAY -> {
        List<String> elements = new ArrayList<>();
        value.forEach(each -> elements.add(of(each, type.getElementType(), time)));
        yield elements.toString();
      }
      case MAP -> {
        Map<String, String> entries = new TreeMap<>();
        value
            .properties()
            .forEach(
                each -> entries.put(each.getKey(), of(each.getValue(), type.getValueType(), time)));
        yield entries.toString();
      }
      case FLOAT -> Float.toString(Float.parseFloat(value.asText()));
      case DOUBLE -> Double.toString(Double.parseDouble(value.asText()));
      default -> scalar(value, type.getLogicalType(), time);
    };
  }

  /** A row of columns as they were, under the names and types that they have now. */
  static JsonNode renamed(@Nullable JsonNode value, Type then, Type now) {
    if (value == null || value.isNull()) {
      return NullNode.getInstance();
    }
    return switch (now) {
      case Types.StructType struct -> {
        ObjectNode renamed = JSON.createObjectNode();
        for (Types.NestedField field : struct.fields()) {
          Types.NestedField old = then.asStructType().field(field.fieldId());
          renamed.set(
              field.name(),
              old == null
                  ? NullNode.getInstance()
                  : renamed(value.get(old.name()), old.type(), field.type()));
        }
        yield renamed;
      }
      case Types.ListType list -> {
        ArrayNode renamed = JSON.createArrayNode();
        Type element = then.asListType().elementType();
        value.forEach(each -> renamed.add(renamed(each, element, list.elementType())));
        yield renamed;
      }
      case Types.DoubleType ignored when then instanceof Types.FloatType ->
          DoubleNode.valueOf(Float.parseFloat(value.asText()));
      default -> value;
    };
  }

  private static String scalar(JsonNode value, @Nullable LogicalType logical, Time time) {
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      boolean isMillis =
          time == Time.CONTRACT_UNIT && logical != null && logical.getName().endsWith("-millis");
      BigDecimal plain = isMillis ? number.movePointRight(3) : number;
      return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  private static Schema withoutNull(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream()
            .filter(each -> each.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }
}
