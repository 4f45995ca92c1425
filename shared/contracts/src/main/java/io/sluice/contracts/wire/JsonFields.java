package io.sluice.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.failure.InvalidMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of one JSON object. Every accessor throws {@link InvalidMessage} naming the document
 * and the field when it is missing or of another type.
 *
 * @param document what is read, as people call it
 * @param path where in the document this object is; empty at the top
 */
record JsonFields(String document, String path, JsonNode node) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  static JsonFields read(String text, String document, int maxCharacters) {
    if (text.length() > maxCharacters) {
      throw new InvalidMessage(
          "Invalid %s: it is longer than %d characters".formatted(document, maxCharacters));
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new InvalidMessage("Invalid %s: it is no JSON object".formatted(document));
      }
      return new JsonFields(document, "", node);
    } catch (JsonProcessingException e) {
      throw new InvalidMessage(
          "Invalid %s: it is not JSON: %s".formatted(document, e.getOriginalMessage()), e);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String write(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values can always be written", e);
    }
  }

  String text(String name) {
    JsonNode value = value(name);
    if (!value.isTextual()) {
      throw invalid(name, "text is wanted");
    }
    return value.textValue();
  }

  long count(String name) {
    JsonNode value = value(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(name, "a whole number is wanted");
    }
    return value.longValue();
  }

  /** A count that an {@code int} holds. */
  int smallCount(String name) {
    long count = count(name);
    if (count != (int) count) {
      throw invalid(name, "a whole number of 32 bits is wanted");
    }
    return (int) count;
  }

  /** A number, or {@code Infinity} or {@code -Infinity} as text: JSON has no number for them. */
  double number(String name) {
    JsonNode value = value(name);
    if (value.isTextual() && value.textValue().equals("Infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    if (value.isTextual() && value.textValue().equals("-Infinity")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!value.isNumber()) {
      throw invalid(name, "a number is wanted");
    }
    return value.doubleValue();
  }

  boolean flag(String name) {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw invalid(name, "true or false is wanted");
    }
    return value.booleanValue();
  }

  Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw invalid(name, "an instant is wanted", e);
    }
  }

  /** What {@code parse} makes of a text; its {@link IllegalArgumentException} is the reason. */
  <T> T parsed(String name, Function<String, T> parse) {
    String text = text(name);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw invalid(name, String.valueOf(e.getMessage()), e);
    }
  }

  JsonFields object(String name) {
    JsonNode value = value(name);
    if (!value.isObject()) {
      throw invalid(name, "an object is wanted");
    }
    return new JsonFields(document, pathOf(name), value);
  }

  Map<String, Long> counts(String name) {
    return object(name).allCounts();
  }

  /** Every field of this object, in their order; each is a whole number. */
  Map<String, Long> allCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(key -> counts.put(key, count(key)));
    return counts;
  }

  List<JsonFields> objects(String name) {
    JsonNode value = value(name);
    if (!value.isArray()) {
      throw invalid(name, "a list is wanted");
    }
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : value) {
      String elementPath = pathOf(name) + "[" + objects.size() + "]";
      if (!element.isObject()) {
        throw new InvalidMessage(
            "Invalid %s: %s is %s (an object is wanted)".formatted(document, elementPath, element));
      }
      objects.add(new JsonFields(document, elementPath, element));
    }
    return objects;
  }

  List<Long> wholeNumbers(String name) {
    JsonNode value = value(name);
    List<Long> numbers = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isIntegralNumber() || !element.canConvertToLong()) {
        throw invalid(name, "whole numbers are wanted");
      }
      numbers.add(element.longValue());
    }
    return numbers;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value(name)) {
      if (!element.isTextual()) {
        throw invalid(name, "a list of texts is wanted");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  boolean has(String name) {
    return node.has(name);
  }

  boolean isNull(String name) {
    return value(name).isNull();
  }

  /** Makes the value that the fields describe; an inconsistent one is an invalid document. */
  static <T> T make(String document, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidMessage("Invalid %s: %s".formatted(document, e.getMessage()), e);
    }
  }

  private JsonNode value(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new InvalidMessage("Invalid %s: %s is missing".formatted(document, pathOf(name)));
    }
    return value;
  }

  private InvalidMessage invalid(String name, String reason) {
    return new InvalidMessage(sentence(name, reason));
  }

  private InvalidMessage invalid(String name, String reason, Throwable cause) {
    return new InvalidMessage(sentence(name, reason), cause);
  }

  private String sentence(String name, String reason) {
    String found = value(name).toString();
    String shown = found.length() > 100 ? found.substring(0, 99) + "…" : found;
    return "Invalid %s: %s is %s (%s)".formatted(document, pathOf(name), shown, reason);
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
