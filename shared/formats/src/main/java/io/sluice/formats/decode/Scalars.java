package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** The decoders of single values that are neither times nor decimals. */
final class Scalars {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int UUID_LENGTH = 36;

  private Scalars() {}

  static @Nullable Object integer(Decoding in) throws IOException {
    if (!in.at(JsonToken.VALUE_NUMBER_INT)) {
      return in.wrongType("an int");
    }
    return in.parser().getNumberType() == NumberType.INT
        ? (Object) in.parser().getIntValue()
        : in.refuse("range", "an int of 32 bits");
  }

  static @Nullable Object longInteger(Decoding in) throws IOException {
    if (!in.at(JsonToken.VALUE_NUMBER_INT)) {
      return in.wrongType("a long");
    }
    return in.parser().getNumberType() == NumberType.BIG_INTEGER
        ? in.refuse("range", "a long of 64 bits")
        : (Object) in.parser().getLongValue();
  }

  static @Nullable Object floating(Decoding in) throws IOException {
    if (!in.parser().currentToken().isNumeric()) {
      return in.wrongType("a float");
    }
    float value = isNegativeZero(in) ? -0.0f : in.parser().getFloatValue();
    return Float.isFinite(value) ? (Object) value : in.refuse("range", "a finite float");
  }

  static @Nullable Object doubleFloating(Decoding in) throws IOException {
    if (!in.parser().currentToken().isNumeric()) {
      return in.wrongType("a double");
    }
    double value = isNegativeZero(in) ? -0.0 : in.parser().getDoubleValue();
    return Double.isFinite(value) ? (Object) value : in.refuse("range", "a finite double");
  }

  /** Whether it is {@code -0}, which Jackson takes for a whole number, and those have one zero. */
  private static boolean isNegativeZero(Decoding in) throws IOException {
    return in.at(JsonToken.VALUE_NUMBER_INT)
        && in.parser().getNumberType() == NumberType.INT
        && in.parser().getIntValue() == 0
        && in.parser().getText().charAt(0) == '-';
  }

  static @Nullable Object bool(Decoding in) throws IOException {
    return in.parser().currentToken().isBoolean()
        ? (Object) in.parser().getBooleanValue()
        : in.wrongType("a boolean");
  }

  static @Nullable Object string(Decoding in) throws IOException {
    if (!in.at(JsonToken.VALUE_STRING)) {
      return in.wrongType("a string");
    }
    String text = in.parser().getText();
    return isText(text) ? text : in.refuse("text", "a string without unpaired surrogates");
  }

  static @Nullable Object uuid(Decoding in) throws IOException {
    if (!in.at(JsonToken.VALUE_STRING)) {
      return in.wrongType("a uuid");
    }
    String text = in.parser().getText();
    if (text.length() == UUID_LENGTH) {
      String lower = text.toLowerCase(Locale.ROOT);
      if (UUID.matcher(lower).matches()) {
        return lower;
      }
    }
    return in.refuse("format", "a uuid");
  }

  static ValueDecoder enumeration(Schema type) {
    Map<String, GenericData.EnumSymbol> symbols = new HashMap<>();
    for (String symbol : type.getEnumSymbols()) {
      symbols.put(symbol, new GenericData.EnumSymbol(type, symbol));
    }
    String expected = "one of " + String.join(", ", type.getEnumSymbols());
    return in -> {
      if (!in.at(JsonToken.VALUE_STRING)) {
        return in.wrongType(expected);
      }
      GenericData.EnumSymbol symbol = symbols.get(in.parser().getText());
      return symbol == null ? in.refuse("enum", expected) : symbol;
    };
  }

  static ValueDecoder binary(Schema type) {
    boolean fixed = type.getType() == Schema.Type.FIXED;
    String expected = fixed ? type.getFixedSize() + " bytes in base64" : "bytes in base64";
    return in -> {
      if (!in.at(JsonToken.VALUE_STRING)) {
        return in.wrongType(expected);
      }
      String text = in.parser().getText();
      if (text.length() % 4 != 0) {
        return in.refuse("format", expected);
      }
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        return in.refuse("format", expected);
      }
      if (!fixed) {
        return ByteBuffer.wrap(bytes);
      }
      return bytes.length == type.getFixedSize()
          ? new GenericData.Fixed(type, bytes)
          : in.refuse("format", expected);
    };
  }

  /**
   * Whether the text can be encoded: JSON's escapes can write half a surrogate pair. In names
   * Jackson itself refuses that.
   */
  private static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
