package io.sluice.contracts.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * One text for all spellings of a schema that accept the same records and keep them alike. Unlike
 * Avro's parsing canonical form it has what readers go by: logical types, defaults and aliases. It
 * leaves out documentation, sort orders and properties that Avro does not define.
 */
final class CanonicalForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFAULT = "default";
  private static final String ALIASES = "aliases";
  private static final Set<String> MEANT =
      Set.of(
          "type",
          "name",
          "namespace",
          "fields",
          "symbols",
          "items",
          "values",
          "size",
          "logicalType",
          "precision",
          "scale",
          DEFAULT,
          ALIASES);

  private CanonicalForm() {}

  static String of(Schema schema) {
    try {
      return schemaPart(JSON.readTree(schema.toString())).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro writes schemas as JSON", e);
    }
  }

  private static JsonNode schemaPart(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode parts = JSON.createArrayNode();
      array.forEach(element -> parts.add(schemaPart(element)));
      return parts;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    TreeMap<String, JsonNode> parts = new TreeMap<>();
    for (var each : object.properties()) {
      String key = each.getKey();
      if (key.equals(DEFAULT)) {
        parts.put(key, inOrder(each.getValue()));
      } else if (key.equals(ALIASES)) {
        parts.put(key, sorted(each.getValue()));
      } else if (MEANT.contains(key)) {
        parts.put(key, schemaPart(each.getValue()));
      }
    }
    boolean isName = parts.size() == 1 && parts.firstEntry().getValue().isTextual();
    return isName ? parts.firstEntry().getValue() : JSON.createObjectNode().setAll(parts);
  }

  /** A default, whose keys are data. */
  private static JsonNode inOrder(JsonNode value) {
    if (value instanceof ArrayNode array) {
      ArrayNode elements = JSON.createArrayNode();
      array.forEach(element -> elements.add(inOrder(element)));
      return elements;
    }
    if (value instanceof ObjectNode object) {
      TreeMap<String, JsonNode> values = new TreeMap<>();
      object.properties().forEach(each -> values.put(each.getKey(), inOrder(each.getValue())));
      return JSON.createObjectNode().setAll(values);
    }
    return value;
  }

  private static JsonNode sorted(JsonNode names) {
    TreeSet<String> all = new TreeSet<>();
    names.forEach(name -> all.add(name.asText()));
    ArrayNode sorted = JSON.createArrayNode();
    all.forEach(sorted::add);
    return sorted;
  }
}
