package io.sluice.formats.json;

import io.sluice.formats.row.FlatRow;

/** Strings of a JSON text as values of a row: where they stand, or unescaped beside it. */
final class JsonTexts {
  private final JsonBytes in;
  private final FlatRow row;
  private boolean hasPairs;

  JsonTexts(JsonBytes in, FlatRow row) {
    this.in = in;
    this.row = row;
  }

  /** Goes behind a string of whole characters. */
  long value() {
    int close = in.string();
    int start = in.stringStart();
    return in.isEscaped() ? unescaped(start, close) : FlatRow.inSource(start, close - start);
  }

  /** Goes behind a name, without escaped surrogates: Jackson takes no pair of them in a name. */
  long name() {
    hasPairs = false;
    long name = value();
    if (hasPairs || FlatRow.length(name) > JsonBytes.MAX_NAME_BYTES) {
      throw StepAside.NOW;
    }
    return name;
  }

  /** Unescaped text is never longer than escaped text. */
  private long unescaped(int start, int close) {
    int first = row.reserve(close - start);
    byte[] bytes = in.bytes();
    byte[] out = row.made();
    int to = first;
    int i = start;
    while (i < close) {
      byte b = bytes[i++];
      if (b != '\\') {
        out[to++] = b;
        continue;
      }
      byte escape = bytes[i++];
      if (escape != 'u') {
        out[to++] = simple(escape);
        continue;
      }
      int character = hex(i, close);
      i += 4;
      if (Character.isSurrogate((char) character)) {
        hasPairs = true;
        character = pair(character, i, close);
        i += 6;
      }
      to += Utf8.encode(character, out, to);
    }
    return row.keep(to - first);
  }

  private int pair(int high, int at, int close) {
    if (close - at < 6 || in.bytes()[at] != '\\' || in.bytes()[at + 1] != 'u') {
      throw StepAside.NOW;
    }
    int low = hex(at + 2, close);
    if (!Character.isSurrogatePair((char) high, (char) low)) {
      throw StepAside.NOW;
    }
    return Character.toCodePoint((char) high, (char) low);
  }

  private int hex(int at, int close) {
    if (close - at < 4) {
      throw StepAside.NOW;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit((char) in.bytes()[i], 16);
      if (digit < 0) {
        throw StepAside.NOW;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private static byte simple(byte escape) {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw StepAside.NOW;
    };
  }
}
