package io.sluice.local.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.TableName;
import io.sluice.local.lake.PipelineFolder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * A pipeline as a document of the Open Data Contract Standard, version 3.1.
 *
 * @param carried what the standard has no place for, by the custom properties that carry it
 */
public record OdcsDocument(String yaml, List<String> carried) {
  /** What stands before the name of a custom property that carries a part of a declaration. */
  static final String OURS = "sluice.";

  /** The custom property that carries the Avro schema. */
  static final String CONTRACT = OURS + "contract";

  /** The parts of a declaration that are carried as they are. */
  static final List<String> PARTS =
      List.of("ingestion", "transformation", "storage", "observability");

  static final Map<String, String> UNITS =
      Map.of("s", "seconds", "m", "minutes", "h", "hours", "d", "days");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The document of the pipeline in {@code folder}. */
  public static OdcsDocument of(PipelineFolder folder) {
    JsonNode declared =
        YamlTree.read(
            Objects.requireNonNull(folder.files().get(Declarations.FILE)), Declarations.FILE);
    Schema contract = folder.pipeline().contract().schema();
    ObjectNode document = JSON.createObjectNode();
    document.put("apiVersion", "v3.1.0").put("kind", "DataContract");
    document.put("id", folder.pipeline().name().value());
    document.put("name", folder.pipeline().name().value());
    document.put("version", folder.pipeline().version()).put("status", "active");
    ObjectNode table = document.putArray("schema").addObject();
    table.put("name", contract.getName()).put("logicalType", "object");
    table.put("physicalName", TableName.curated(folder.pipeline().name()).toString());
    table.put("physicalType", "table");
    ArrayNode properties = OdcsSchema.properties(contract);
    markKeys(properties, declared.path("transformation").path("idempotency_key"));
    JsonNode gates = declared.path("quality").path("gates");
    addRules(properties, "", gates);
    table.set("properties", properties);
    setUnlessEmpty(table, "quality", OdcsGates.rules(gates, ""));
    people(declared, document);
    ArrayNode custom = document.putArray("customProperties");
    carry(custom, CONTRACT, tree(contract));
    for (String part : PARTS) {
      if (declared.has(part)) {
        carry(custom, OURS + part, declared.path(part));
      }
    }
    List<String> carried =
        custom.findValuesAsText("property").stream()
            .filter(name -> !name.equals(CONTRACT))
            .toList();
    return new OdcsDocument(YamlTree.write(document), carried);
  }

  static JsonNode tree(Schema schema) {
    return YamlTree.read(schema.toString(), "contract");
  }

  private static void people(JsonNode declared, ObjectNode document) {
    JsonNode head = declared.path("pipeline");
    if (head.has("owner")) {
      document
          .putObject("team")
          .putArray("members")
          .addObject()
          .put("username", head.path("owner").asText())
          .put("role", "owner");
    }
    ArrayNode promises = JSON.createArrayNode();
    if (head.path("sla").has("freshness")) {
      String freshness = head.path("sla").path("freshness").asText();
      String unit = UNITS.get(freshness.substring(freshness.length() - 1));
      ObjectNode latency = promises.addObject().put("property", "latency");
      if (unit == null || !freshness.matches("\\d{1,9}[smhd]")) {
        latency.put("value", freshness);
      } else {
        latency.put("value", Long.parseLong(freshness.substring(0, freshness.length() - 1)));
        latency.put("unit", unit);
      }
    }
    if (head.path("sla").has("availability")) {
      promises
          .addObject()
          .put("property", "availability")
          .put("value", head.path("sla").path("availability").asText());
    }
    setUnlessEmpty(document, "slaProperties", promises);
  }

  /** Says of which properties the key is made, in its order. */
  static void markKeys(ArrayNode properties, JsonNode key) {
    int position = 0;
    for (JsonNode path : key) {
      position++;
      JsonNode siblings = properties;
      ObjectNode found = JSON.createObjectNode();
      for (String name : FieldPath.parse(path.asText()).names()) {
        for (JsonNode each : siblings) {
          if (each.path("name").asText().equals(name)) {
            found = (ObjectNode) each;
          }
        }
        siblings = found.path("properties");
      }
      found.put("primaryKey", true).put("primaryKeyPosition", position);
    }
  }

  private static void addRules(ArrayNode properties, String around, JsonNode gates) {
    for (JsonNode property : properties) {
      String path = around + property.path("name").asText();
      setUnlessEmpty((ObjectNode) property, "quality", OdcsGates.rules(gates, path));
      if (property.path("properties") instanceof ArrayNode inner) {
        addRules(inner, path + ".", gates);
      }
    }
  }

  private static void setUnlessEmpty(ObjectNode node, String name, ArrayNode values) {
    if (!values.isEmpty()) {
      node.set(name, values);
    }
  }

  private static void carry(ArrayNode custom, String name, JsonNode value) {
    custom.addObject().put("property", name).set("value", value);
  }
}
