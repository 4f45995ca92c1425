package io.sluice.local.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Avro types for what was seen, with what speaks for them in each field's documentation. On the way
 * it notes the single values that could be keys, times or partitions.
 */
final class DraftContract {
  /** Milliseconds since 1970 from the year 2000 on, to 2100: a number of these is a time. */
  private static final double FIRST_MILLIS = 946_684_800_000d;

  private static final double LAST_MILLIS = 4_102_444_800_000d;
  private static final int MICROS_PER_MILLI = 1_000;
  private static final Set<String> RESERVED = Set.of("_batch", "_ordinal", "_hash");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final List<Candidate> candidates = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Set<String> typeNames = new HashSet<>();
  private final ObjectNode schema;

  /** A single value that is there in every record. */
  record Candidate(String path, String type, SeenValue seen) {}

  DraftContract(Samples samples, String name) {
    schema = recordType(capitalized(name), "", samples.seen(), true);
    if (schema.get("fields").isEmpty()) {
      throw new ConfigurationFailure("Cannot infer a contract: no field has a name for Avro");
    }
  }

  /** The text of the contract file. */
  String text() {
    try {
      return JSON.writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values can always be written", e);
    }
  }

  List<Candidate> candidates() {
    return candidates;
  }

  /** Fields that have no place in a contract, with the reason. */
  List<String> leftOut() {
    return leftOut;
  }

  private ObjectNode recordType(String name, String path, SeenValue seen, boolean always) {
    ObjectNode type = JSON.createObjectNode();
    type.put("type", "record").put("name", unused(name));
    ArrayNode fields = type.putArray("fields");
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, SeenValue> each : seen.children().entrySet()) {
      String field = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
      String reason = unfit(each.getKey(), path.isEmpty(), names);
      if (reason.isEmpty()) {
        fields.add(field(each.getKey(), field, each.getValue(), seen.values(), always));
      } else {
        leftOut.add(field + ": " + reason);
      }
    }
    return type;
  }

  private static String unfit(String name, boolean top, Set<String> names) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return "Avro allows letters, digits and underscores in a name";
    }
    if (top && (RESERVED.contains(lower) || lower.startsWith("_sluice"))) {
      return "the name is reserved";
    }
    return names.add(lower) ? "" : "it differs from another field only in case";
  }

  private ObjectNode field(
      String name, String path, SeenValue seen, long parents, boolean parentAlways) {
    boolean always = seen.values() == parents;
    ObjectNode field = JSON.createObjectNode();
    field.put("name", name);
    JsonNode type = type(path, seen, parentAlways && always);
    if (always) {
      field.set("type", type);
    } else {
      field.putArray("type").add("null").add(type);
      field.putNull("default");
    }
    field.put("doc", evidence(seen, parents, type));
    return field;
  }

  private JsonNode type(String path, SeenValue seen, boolean always) {
    JsonNode type =
        switch (seen.kind()) {
          case OBJECT -> objectType(path, seen, always);
          case ARRAY -> arrayType(path, seen);
          case BOOLEAN -> JSON.getNodeFactory().textNode("boolean");
          case DECIMAL -> JSON.getNodeFactory().textNode("double");
          case TEXT -> JSON.getNodeFactory().textNode("string");
          case UUID -> logical("string", "uuid");
          case DATE -> logical("int", "date");
          case MILLIS -> logical("long", "timestamp-millis");
          case MICROS -> logical("long", "timestamp-micros");
          case WHOLE -> whole(seen);
        };
    if (always && seen.kind() != SeenValue.Kind.OBJECT && seen.kind() != SeenValue.Kind.ARRAY) {
      String named = type.isTextual() ? type.asText() : type.get("logicalType").asText();
      candidates.add(new Candidate(path, named, seen));
    }
    return type;
  }

  private JsonNode objectType(String path, SeenValue seen, boolean always) {
    ObjectNode type =
        recordType(capitalized(path.substring(path.lastIndexOf('.') + 1)), path, seen, always);
    if (!type.get("fields").isEmpty()) {
      return type;
    }
    return JSON.createObjectNode().put("type", "map").put("values", "string");
  }

  private JsonNode arrayType(String path, SeenValue seen) {
    SeenValue elements = seen.elements();
    ObjectNode type = JSON.createObjectNode().put("type", "array");
    if (elements == null || elements.values() == 0) {
      type.putArray("items").add("null").add("string");
      return type;
    }
    JsonNode items = type(path, elements, false);
    if (elements.nulls() > 0) {
      type.putArray("items").add("null").add(items);
    } else {
      type.set("items", items);
    }
    return type;
  }

  private static JsonNode whole(SeenValue seen) {
    if (isTime(seen, 1)) {
      return logical("long", "timestamp-millis");
    }
    if (isTime(seen, MICROS_PER_MILLI)) {
      return logical("long", "timestamp-micros");
    }
    boolean fitsInt = seen.least() >= Integer.MIN_VALUE && seen.most() <= Integer.MAX_VALUE;
    return JSON.getNodeFactory().textNode(fitsInt ? "int" : "long");
  }

  private static boolean isTime(SeenValue seen, int unitsPerMilli) {
    return seen.least() >= FIRST_MILLIS * unitsPerMilli
        && seen.most() <= LAST_MILLIS * unitsPerMilli;
  }

  private static String evidence(SeenValue seen, long parents, JsonNode type) {
    StringBuilder text = new StringBuilder();
    text.append(seen.values()).append(" of ").append(parents).append(" samples have it");
    if (seen.nulls() > 0) {
      text.append(", ").append(seen.nulls()).append(" have null");
    }
    if (seen.values() == 0) {
      text.append("; its type is a guess");
    }
    boolean number = seen.kind() == SeenValue.Kind.WHOLE || seen.kind() == SeenValue.Kind.DECIMAL;
    if (number && type.isTextual()) {
      text.append("; from ").append(plain(seen.least())).append(" to ").append(plain(seen.most()));
    } else if (number) {
      text.append("; a time by its range");
    }
    if (!seen.contradiction().isEmpty()) {
      text.append("; no type holds them all: ").append(seen.contradiction());
    }
    return text.toString();
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < FIRST_MILLIS
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static ObjectNode logical(String type, String logicalType) {
    return JSON.createObjectNode().put("type", type).put("logicalType", logicalType);
  }

  private String unused(String name) {
    String unused = name;
    for (int i = 2; !typeNames.add(unused); i++) {
      unused = name + i;
    }
    return unused;
  }

  private static String capitalized(String name) {
    StringBuilder text = new StringBuilder();
    for (String part : name.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        text.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    boolean startsWell = !text.isEmpty() && Character.isLetter(text.charAt(0));
    return startsWell ? text.toString() : "Record" + text;
  }
}
