package io.sluice.formats.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change event of Debezium as far as it is not a row: with or without the {@code schema} and
 * {@code payload} around it. Rows are found, not read.
 */
final class Envelope {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final byte[] bytes;
  private final int start;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> source = new HashMap<>();
  private final Map<String, ByteBuffer> rows = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  private Envelope(byte[] bytes, int start) {
    this.bytes = bytes;
    this.start = start;
  }

  /**
   * Finds out what is in {@code length} bytes from {@code start}.
   *
   * @throws IOException when they are not one JSON object, or say something twice
   */
  static Envelope read(byte[] bytes, int start, int length) throws IOException {
    Envelope envelope = new Envelope(bytes, start);
    try (JsonParser parser = JSON.createParser(bytes, start, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no object");
      }
      envelope.fields(parser, true);
      if (parser.nextToken() != null) {
        throw new IOException("something follows it");
      }
    }
    return envelope;
  }

  private void fields(JsonParser parser, boolean outermost) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (outermost && name.equals("payload") && value == JsonToken.START_OBJECT) {
        fields(parser, false);
        continue;
      }
      switch (name) {
        case "op", "ts_ms", "source", "before", "after" -> {
          if (!seen.add(name)) {
            throw new IOException("it has " + name + " twice");
          }
          known(name, value, parser);
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void known(String name, JsonToken value, JsonParser parser) throws IOException {
    if (ChangeDecoder.ROWS.contains(name) && value != JsonToken.VALUE_NULL) {
      int from = start + (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      if (!value.isStructStart()) {
        parser.finishToken();
      }
      int to = start + (int) parser.currentLocation().getByteOffset();
      rows.put(name, ByteBuffer.wrap(bytes, from, to - from));
    } else if (name.equals("source") && value == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        if (parser.nextToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
          source.put(key, parser.getText());
        }
        parser.skipChildren();
      }
    } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
      values.put(name, parser.getText());
    } else {
      parser.skipChildren();
    }
  }

  /** The word of the operation, if there is one. */
  Optional<String> operation() {
    return Optional.ofNullable(values.get("op"));
  }

  /** The row before or after the change, if it is there. */
  Optional<ByteBuffer> row(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  /** Where in its source it happened, if it says so; else when it was read. */
  Optional<String> position() {
    Map<String, String> told = new HashMap<>(source);
    if (values.containsKey("ts_ms")) {
      told.putIfAbsent("ts_ms", String.valueOf(values.get("ts_ms")));
    }
    return ChangePosition.of(told);
  }
}
