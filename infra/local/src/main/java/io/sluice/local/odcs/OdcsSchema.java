package io.sluice.local.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.contract.ContractField;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Contracts as properties of the standard, and back. */
final class OdcsSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(\\d+)\\)");

  private OdcsSchema() {}

  /** The properties of a record. */
  static ArrayNode properties(Schema record) {
    ArrayNode properties = JSON.createArrayNode();
    for (Schema.Field field : record.getFields()) {
      ObjectNode property = properties.addObject().put("name", field.name());
      if (field.doc() != null) {
        property.put("description", field.doc());
      }
      describe(field.schema(), property);
    }
    return properties;
  }

  private static void describe(Schema declared, ObjectNode property) {
    Schema type = ContractField.withoutNull(declared);
    String logical = type.getLogicalType() == null ? "" : type.getLogicalType().getName();
    property.put("logicalType", logicalType(type, logical));
    property.put("physicalType", physicalType(type, logical));
    property.put("required", !declared.isNullable());
    String format = format(type, logical);
    if (!format.isEmpty()) {
      property.putObject("logicalTypeOptions").put("format", format);
    }
    switch (type.getType()) {
      case RECORD -> property.set("properties", properties(type));
      case ARRAY -> describe(type.getElementType(), property.putObject("items"));
      default -> {}
    }
  }

  private static String logicalType(Schema type, String logical) {
    return switch (type.getType()) {
      case BOOLEAN -> "boolean";
      case INT -> logical.equals("date") ? "date" : "integer";
      case LONG -> logical.startsWith("timestamp") ? "timestamp" : "integer";
      case FLOAT, DOUBLE -> "number";
      case BYTES, FIXED -> logical.equals("decimal") ? "number" : "string";
      case RECORD, MAP -> "object";
      case ARRAY -> "array";
      case STRING, ENUM, UNION, NULL -> "string";
    };
  }

  private static String physicalType(Schema type, String logical) {
    return type.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? "decimal(" + decimal.getPrecision() + ", " + decimal.getScale() + ")"
        : logical.isEmpty() ? type.getType().getName() : logical;
  }

  private static String format(Schema type, String logical) {
    return switch (type.getType()) {
      case INT -> logical.isEmpty() ? "i32" : "";
      case LONG -> logical.isEmpty() ? "i64" : "";
      case FLOAT -> "f32";
      case DOUBLE -> "f64";
      case STRING -> logical.equals("uuid") ? "uuid" : "";
      case BYTES, FIXED -> logical.isEmpty() ? "binary" : "";
      case BOOLEAN, RECORD, MAP, ARRAY, ENUM, UNION, NULL -> "";
    };
  }

  /** An Avro record of {@code properties}, as far as these say what Avro wants to know. */
  static ObjectNode record(String name, JsonNode properties) {
    ObjectNode record = JSON.createObjectNode().put("type", "record").put("name", avroName(name));
    ArrayNode fields = record.putArray("fields");
    for (JsonNode property : properties) {
      String field = property.path("name").asText();
      ObjectNode node = fields.addObject().put("name", avroName(field));
      if (property.has("description")) {
        node.put("doc", property.path("description").asText());
      }
      JsonNode type = type(name + "_" + field, property);
      if (property.path("required").asBoolean()) {
        node.set("type", type);
      } else {
        node.set("type", JSON.createArrayNode().add("null").add(type));
        node.putNull("default");
      }
    }
    return record;
  }

  private static JsonNode type(String name, JsonNode property) {
    String physical = property.path("physicalType").asText();
    String format = property.path("logicalTypeOptions").path("format").asText();
    Matcher decimal = DECIMAL.matcher(physical);
    return switch (property.path("logicalType").asText()) {
      case "boolean" -> text("boolean");
      case "date" -> logical("int", "date");
      case "timestamp" ->
          logical("long", physical.endsWith("micros") ? "timestamp-micros" : "timestamp-millis");
      case "integer" -> text(List.of("i8", "i16", "i32").contains(format) ? "int" : "long");
      case "number" ->
          decimal.matches()
              ? logical("bytes", "decimal")
                  .put("precision", Integer.parseInt(decimal.group(1)))
                  .put("scale", Integer.parseInt(decimal.group(2)))
              : text(format.equals("f32") ? "float" : "double");
      case "string" -> format.equals("uuid") ? logical("string", "uuid") : text("string");
      case "array" -> {
        ObjectNode array = JSON.createObjectNode().put("type", "array");
        array.set("items", type(name, property.path("items")));
        yield array;
      }
      case "object" -> record(name, property.path("properties"));
      default ->
          throw new ConfigurationFailure(
              "Invalid property: %s has logicalType %s, which no Avro type is"
                  .formatted(name, property.path("logicalType")));
    };
  }

  private static JsonNode text(String type) {
    return JSON.getNodeFactory().textNode(type);
  }

  private static ObjectNode logical(String type, String logical) {
    return JSON.createObjectNode().put("type", type).put("logicalType", logical);
  }

  private static String avroName(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : name.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
