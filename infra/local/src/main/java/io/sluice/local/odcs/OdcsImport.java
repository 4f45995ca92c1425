package io.sluice.local.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.PipelineName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Makes a pipeline of a document of the Open Data Contract Standard, version 3. */
public final class OdcsImport {
  private static final String CONTRACT_FILE = "contract.avsc";
  private static final Set<String> TAKEN =
      Set.of(
          "apiVersion",
          "kind",
          "id",
          "name",
          "version",
          "status",
          "schema",
          "team",
          "slaProperties",
          "customProperties");
  private static final Set<String> TAKEN_OF_TABLES =
      Set.of("name", "logicalType", "physicalName", "physicalType", "properties", "quality");
  private static final Set<String> TAKEN_OF_PROPERTIES =
      Set.of(
          "name",
          "description",
          "logicalType",
          "physicalType",
          "logicalTypeOptions",
          "required",
          "properties",
          "items",
          "primaryKey",
          "primaryKeyPosition",
          "quality");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final JsonNode table;
  private final List<String> leftOut = new ArrayList<>();
  private final ArrayNode gates = JSON.createArrayNode();

  private OdcsImport(String yaml, String name) {
    document = YamlTree.read(yaml, name);
    table = document.path("schema").path(0);
    if (!document.path("kind").asText().equals("DataContract")
        || !document.path("apiVersion").asText().startsWith("v3.")
        || table.path("properties").isEmpty()) {
      throw new ConfigurationFailure(
          "Invalid document: %s (a DataContract of ODCS v3 with a schema is wanted)"
              .formatted(name));
    }
  }

  /**
   * What the document declares.
   *
   * @param files of the pipeline's folder, by name
   * @param leftOut what a pipeline has no place for, by its path in the document
   */
  public record Imported(Map<String, String> files, List<String> leftOut) {}

  /** Reads {@code yaml}, which is called {@code name} in errors. */
  public static Imported read(String yaml, String name) {
    return new OdcsImport(yaml, name).pipeline();
  }

  private Imported pipeline() {
    name(document, "", TAKEN);
    name(table, "schema[0].", TAKEN_OF_TABLES);
    for (int other = 1; other < document.path("schema").size(); other++) {
      leftOut.add("schema[" + other + "]: a pipeline has one table");
    }
    for (JsonNode each : document.path("customProperties")) {
      if (!each.path("property").asText().startsWith(OdcsDocument.OURS)) {
        leftOut.add("customProperties: " + each.path("property").asText());
      }
    }
    takeRules(table.path("quality"), "schema[0].", "");
    takeProperties(table.path("properties"), "schema[0].", "");
    ObjectNode declared = JSON.createObjectNode();
    head(declared.putObject("pipeline"));
    JsonNode contract = contract();
    ObjectNode ingestion = carried("ingestion").orElseGet(this::ingestion);
    ingestion.put("contract", CONTRACT_FILE);
    declared.set("ingestion", ingestion);
    declared.set("transformation", transformation());
    if (!gates.isEmpty()) {
      declared.putObject("quality").set("gates", gates);
    }
    carried("storage").ifPresent(part -> declared.set("storage", part));
    carried("observability").ifPresent(part -> declared.set("observability", part));
    Map<String, String> files = new LinkedHashMap<>();
    files.put(Declarations.FILE, YamlTree.write(declared));
    files.put(CONTRACT_FILE, contract.toPrettyString() + "\n");
    return new Imported(files, List.copyOf(leftOut));
  }

  /** Names what is there and not taken. */
  private void name(JsonNode node, String path, Set<String> taken) {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> !taken.contains(key))
        .forEach(key -> leftOut.add(path + key));
  }

  private void head(ObjectNode head) {
    head.put("name", pipelineName());
    head.put("version", document.path("version").asText("1"));
    for (JsonNode member : document.path("team").path("members")) {
      if (member.path("role").asText().equals("owner") && !head.has("owner")) {
        head.put("owner", member.path("username").asText());
      } else {
        leftOut.add("team.members: " + member.path("username").asText());
      }
    }
    for (JsonNode promise : document.path("slaProperties")) {
      promise(head, promise);
    }
  }

  private void promise(ObjectNode head, JsonNode promise) {
    String property = promise.path("property").asText();
    String unit = promise.path("unit").asText();
    Optional<String> letter =
        OdcsDocument.UNITS.entrySet().stream()
            .filter(each -> each.getValue().equals(unit) || unit.isEmpty())
            .map(each -> unit.isEmpty() ? "" : each.getKey())
            .findFirst();
    if (property.equals("latency") && letter.isPresent()) {
      head.withObject("/sla").put("freshness", promise.path("value").asText() + letter.get());
    } else if (property.equals("availability")) {
      head.withObject("/sla").put("availability", promise.path("value").asText());
    } else {
      leftOut.add("slaProperties: " + property);
    }
  }

  private String pipelineName() {
    for (String text : List.of(document.path("id").asText(), document.path("name").asText())) {
      String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      if (name.matches("[a-z][a-z0-9-]*") && name.length() <= PipelineName.MAX_LENGTH) {
        return name;
      }
    }
    throw new ConfigurationFailure(
        "Cannot name the pipeline: neither id nor name of the document starts with a letter");
  }

  private void takeProperties(JsonNode properties, String place, String around) {
    for (JsonNode property : properties) {
      String path = around + property.path("name").asText();
      name(property, place + path + ".", TAKEN_OF_PROPERTIES);
      takeRules(property.path("quality"), place + path + ".", path);
      takeProperties(property.path("properties"), place, path + ".");
    }
  }

  private void takeRules(JsonNode rules, String place, String field) {
    for (JsonNode rule : rules) {
      OdcsGates.gate(field, rule)
          .ifPresentOrElse(
              gates::add,
              () ->
                  leftOut.add(
                      place
                          + "quality: "
                          + rule.path("name").asText(rule.path("metric").asText("a rule"))));
    }
  }

  /** The contract that is carried, unless somebody has changed the properties since. */
  private JsonNode contract() {
    Optional<ObjectNode> carried = carried("contract");
    if (carried.isPresent()) {
      ArrayNode made = OdcsSchema.properties(new Schema.Parser().parse(carried.get().toString()));
      if (bare(made).equals(bare(table.path("properties")))) {
        return carried.get();
      }
      leftOut.add(OdcsDocument.CONTRACT + ": the properties of the schema say something else");
    }
    return OdcsSchema.record(table.path("name").asText(), table.path("properties"));
  }

  /** Properties without what is not the contract's. */
  private static JsonNode bare(JsonNode properties) {
    JsonNode bare = properties.deepCopy();
    for (String name : List.of("quality", "primaryKey", "primaryKeyPosition")) {
      bare.findParents(name).forEach(parent -> ((ObjectNode) parent).remove(name));
    }
    return bare;
  }

  private ObjectNode ingestion() {
    return JSON.createObjectNode().put("source", "s3");
  }

  private ObjectNode transformation() {
    Map<Integer, String> key = new TreeMap<>();
    List<String> times = new ArrayList<>();
    look(table.path("properties"), "", key, times);
    ObjectNode transformation = carried("transformation").orElseGet(JSON::createObjectNode);
    if (key.isEmpty()) {
      throw new ConfigurationFailure(
          "Cannot make a pipeline: no property is a primaryKey, so nothing tells records apart");
    }
    ArrayNode fields = transformation.putArray("idempotency_key");
    key.values().forEach(fields::add);
    if (!transformation.has("event_time")) {
      if (times.isEmpty()) {
        throw new ConfigurationFailure("Cannot make a pipeline: no property is a time");
      }
      transformation.put("event_time", times.getFirst());
    }
    return transformation;
  }

  private static void look(
      JsonNode properties, String around, Map<Integer, String> key, List<String> times) {
    for (JsonNode property : properties) {
      String path = around + property.path("name").asText();
      if (property.path("primaryKey").asBoolean()) {
        key.put(property.path("primaryKeyPosition").asInt(key.size() + 1), path);
      }
      if (List.of("timestamp", "date").contains(property.path("logicalType").asText())) {
        times.add(path);
      }
      look(property.path("properties"), path + ".", key, times);
    }
  }

  private Optional<ObjectNode> carried(String part) {
    for (JsonNode each : document.path("customProperties")) {
      if (each.path("property").asText().equals(OdcsDocument.OURS + part)) {
        return Optional.of(each.path("value").deepCopy());
      }
    }
    return Optional.empty();
  }
}
