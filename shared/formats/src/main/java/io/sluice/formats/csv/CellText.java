package io.sluice.formats.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.formats.rendering.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.avro.Schema;

/**
 * A cell's text as JSON that means the same: a number where the field may be one and the text is
 * one, true and false in any case, JSON itself for arrays, maps and records, and else a string.
 * What does not fit its field is left to the record decoder to refuse.
 */
final class CellText {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private CellText() {}

  static void write(byte[] cell, Schema type, JsonBytes out) {
    boolean raw =
        switch (type.getType()) {
          case INT, LONG, FLOAT, DOUBLE -> isNumber(cell);
          case BYTES, FIXED -> type.getLogicalType() != null && isNumber(cell);
          case ARRAY, MAP, RECORD -> isJson(cell);
          case BOOLEAN, STRING, ENUM, UNION, NULL -> false;
        };
    if (raw) {
      out.raw(cell);
    } else if (type.getType() == Schema.Type.BOOLEAN) {
      bool(cell, out);
    } else {
      out.string(cell, 0, cell.length);
    }
  }

  private static void bool(byte[] cell, JsonBytes out) {
    String text = new String(cell, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (text.equals("true") || text.equals("false")) {
      out.bool(text.equals("true"));
    } else {
      out.string(cell, 0, cell.length);
    }
  }

  /** RFC 8259: {@code -? (0 | 1-9 digits) (. digits)? ([eE] [+-]? digits)?}. */
  static boolean isNumber(byte[] text) {
    int i = text.length > 0 && text[0] == '-' ? 1 : 0;
    int whole = digits(text, i);
    if (whole == i || (text[i] == '0' && whole > i + 1)) {
      return false;
    }
    i = whole;
    if (i < text.length && text[i] == '.') {
      int fraction = digits(text, i + 1);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < text.length && (text[i] == 'e' || text[i] == 'E')) {
      i++;
      if (i < text.length && (text[i] == '+' || text[i] == '-')) {
        i++;
      }
      int exponent = digits(text, i);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == text.length;
  }

  private static int digits(byte[] text, int from) {
    int i = from;
    while (i < text.length && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isJson(byte[] text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
