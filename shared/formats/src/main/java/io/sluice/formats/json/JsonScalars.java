package io.sluice.formats.json;

import io.sluice.formats.row.FlatRow;
import java.util.Arrays;
import java.util.Base64;

/** Single values that are neither times nor decimals, as a column keeps them. */
final class JsonScalars {
  private static final int UUID_LENGTH = 36;
  private static final int UUID_BYTES = 16;
  private static final byte[] DIGITS = new byte[128];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = (byte) Character.digit((char) i, 16);
    }
  }

  private final JsonBytes in;
  private final FlatRow row;
  private final JsonTexts texts;
  private final JsonNumber number = new JsonNumber();

  JsonScalars(JsonBytes in, FlatRow row) {
    this.in = in;
    this.row = row;
    this.texts = new JsonTexts(in, row);
  }

  long bool() {
    if (in.skip(Literal.TRUE)) {
      return 1;
    }
    if (in.skip(Literal.FALSE)) {
      return 0;
    }
    throw StepAside.NOW;
  }

  long integer() {
    long value = JsonNumber.longValue(in);
    if (value != (int) value) {
      throw StepAside.NOW;
    }
    return value;
  }

  long floatBits() {
    return Float.floatToRawIntBits(number.floatValue(in));
  }

  long doubleBits() {
    return Double.doubleToRawLongBits(number.doubleValue(in));
  }

  long text() {
    return texts.value();
  }

  /** The name of a map's entry. */
  long name() {
    return texts.name();
  }

  /** One of a few texts, which stand in the source as they are. */
  long symbol(Name[] symbols) {
    in.expect('"');
    int start = in.position();
    for (Name symbol : symbols) {
      if (in.skip(symbol)) {
        return FlatRow.inSource(start, symbol.length() - 1);
      }
    }
    throw StepAside.NOW;
  }

  /** Bytes in base64: {@code size} of them, or any number when it is negative. */
  long binary(int size) {
    int close = in.plainString();
    int start = in.stringStart();
    if ((close - start) % 4 != 0) {
      throw StepAside.NOW;
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(Arrays.copyOfRange(in.bytes(), start, close));
    } catch (IllegalArgumentException e) {
      throw StepAside.NOW;
    }
    if (size >= 0 && decoded.length != size) {
      throw StepAside.NOW;
    }
    return row.copy(decoded);
  }

  long uuid() {
    int close = in.plainString();
    int at = in.stringStart();
    if (close - at != UUID_LENGTH) {
      throw StepAside.NOW;
    }
    int to = row.reserve(UUID_BYTES);
    byte[] out = row.made();
    byte[] bytes = in.bytes();
    for (int i = 0; i < UUID_BYTES; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        if (bytes[at++] != '-') {
          throw StepAside.NOW;
        }
      }
      out[to + i] = (byte) ((hex(bytes[at]) << 4) | hex(bytes[at + 1]));
      at += 2;
    }
    return row.keep(UUID_BYTES);
  }

  private static int hex(byte character) {
    int digit = character < 0 ? -1 : DIGITS[character];
    if (digit < 0) {
      throw StepAside.NOW;
    }
    return digit;
  }
}
