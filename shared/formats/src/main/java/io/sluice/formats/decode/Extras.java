package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one record has beyond its contract, as one JSON object: each field where it stood in the
 * record, names in order, no white space, numbers digit for digit. Elements of an array that have
 * nothing unknown are null before one that has, and left out behind the last.
 */
final class Extras {
  /** 1 MiB: what a contract does not know is for people to look at, not to carry the record. */
  static final int MAX_BYTES = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  /** What stands around a name: its quotes and its colon. */
  private static final int AROUND_NAME = 3;

  private static final int NULL_BYTES = 5;

  private final Map<String, @Nullable Object> root = new TreeMap<>();
  private int leastBytes;

  /** A number as it is written. */
  private record Digits(String text) {}

  /** Takes the parser's current value, which is that of an unknown field. */
  void take(Decoding in) throws IOException {
    JsonStreamContext place = in.parser().getParsingContext();
    JsonStreamContext record =
        in.parser().currentToken().isStructStart() ? place.getParent() : place;
    put(objectAt(record), record.getCurrentName(), in);
  }

  /** Everything that was taken, if there is anything. */
  @Nullable String text() throws IOException {
    if (root.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(root, out);
    }
    if (bytes.size() > MAX_BYTES) {
      throw new TooLarge();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> objectAt(JsonStreamContext place) throws TooLarge {
    return (Map<String, @Nullable Object>) at(place);
  }

  /** The object or array that stands for that of the record at {@code place}. */
  @SuppressWarnings("unchecked")
  private Object at(JsonStreamContext place) throws TooLarge {
    JsonStreamContext around = place.getParent();
    if (around.inRoot()) {
      return root;
    }
    Object outer = at(around);
    if (outer instanceof List<?> array) {
      return element((List<@Nullable Object>) array, around.getCurrentIndex(), place);
    }
    Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) outer;
    Object inner = object.get(around.getCurrentName());
    if (inner == null) {
      grow(around.getCurrentName().length() + AROUND_NAME);
      inner = empty(place);
      object.put(around.getCurrentName(), inner);
    }
    return inner;
  }

  private Object element(List<@Nullable Object> array, int index, JsonStreamContext place)
      throws TooLarge {
    while (array.size() < index) {
      grow(NULL_BYTES);
      array.add(null);
    }
    if (array.size() == index) {
      array.add(empty(place));
    }
    Object there = array.get(index);
    if (there == null) {
      throw new IllegalStateException("An array is read from its first element to its last");
    }
    return there;
  }

  private static Object empty(JsonStreamContext place) {
    return place.inArray() ? new ArrayList<>() : new TreeMap<>();
  }

  private void put(Map<String, @Nullable Object> object, String name, Decoding in)
      throws IOException {
    if (object.containsKey(name)) {
      in.refuse("duplicate", "each field once");
    } else {
      grow(name.length() + AROUND_NAME);
      object.put(name, value(in));
    }
  }

  private @Nullable Object value(Decoding in) throws IOException {
    JsonParser parser = in.parser();
    grow(1);
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          put(object, name, in);
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(in));
        }
        yield array;
      }
      case VALUE_STRING -> {
        grow(parser.getTextLength());
        yield Scalars.string(in);
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> {
        grow(parser.getTextLength());
        yield new Digits(parser.getText());
      }
    };
  }

  /** Notes that the text will have so many bytes more, before anything is kept for them. */
  private void grow(int bytes) throws TooLarge {
    leastBytes += bytes;
    if (leastBytes > MAX_BYTES) {
      throw new TooLarge();
    }
  }

  private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case Map<?, ?> object -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> field : object.entrySet()) {
          out.writeFieldName(String.valueOf(field.getKey()));
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case List<?> array -> {
        out.writeStartArray();
        for (Object element : array) {
          write(element, out);
        }
        out.writeEndArray();
      }
      case Boolean flag -> out.writeBoolean(flag);
      case Digits digits -> out.writeNumber(digits.text());
      default -> out.writeString(value.toString());
    }
  }

  /** The record has more beyond its contract than is captured. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }
}
