package io.sluice.formats.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A position in the bytes of one JSON text (RFC 8259). What is no JSON, no UTF-8, or unusual enough
 * to be left to a whole parser ends in {@link StepAside}.
 */
final class JsonBytes {
  /** 1,000 bytes: far more than a name has, and less than any parser's limit. */
  static final int MAX_NAME_BYTES = 1000;

  /** 100 characters: more than any double or decimal has, and less than any parser's limit. */
  static final int MAX_NUMBER_CHARACTERS = 100;

  /** 16: how deep a value that is left out may nest; with a contract around it, far below 64. */
  private static final int MAX_SKIPPED_DEPTH = 16;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private final JsonNumber skipped = new JsonNumber();
  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int stringStart;
  private boolean escaped;

  /** Goes to the start of a text. */
  void begin(byte[] text, int offset, int length) {
    bytes = text;
    at = offset;
    end = offset + length;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  void advance(int count) {
    at += count;
  }

  /** The next byte that is no white space, which it goes to; -1 at the end. */
  int next() {
    while (at < end) {
      byte b = bytes[at];
      if (b > ' ') {
        return b;
      }
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        throw StepAside.NOW;
      }
      at++;
    }
    return -1;
  }

  /** Goes behind the next byte, which must be {@code wanted}. */
  void expect(int wanted) {
    if (next() != wanted) {
      throw StepAside.NOW;
    }
    at++;
  }

  /** Goes behind {@code literal} if it stands here. */
  boolean skip(byte[] literal) {
    if (end - at < literal.length) {
      return false;
    }
    for (int i = 0; i < literal.length; i++) {
      if (bytes[at + i] != literal[i]) {
        return false;
      }
    }
    at += literal.length;
    return true;
  }

  /** Goes behind {@code name}, whose closing quote is part of it, if it stands here. */
  boolean skip(Name name) {
    if (end - at < name.length() || !name.isAt(bytes, at)) {
      return false;
    }
    at += name.length();
    return true;
  }

  /** Goes behind a string, and says where its closing quote is. */
  int string() {
    expect('"');
    stringStart = at;
    escaped = false;
    int i = at;
    while (true) {
      i = special(i);
      byte b = bytes[i];
      if (b == '"') {
        at = i + 1;
        return i;
      }
      if (b == '\\') {
        escaped = true;
        i += 2;
      } else if (b < 0) {
        i = Utf8.next(bytes, i, end);
      } else {
        throw StepAside.NOW;
      }
    }
  }

  /** Where the last string starts, behind its quote. */
  int stringStart() {
    return stringStart;
  }

  /** Whether the last string has escapes; they are not looked at yet. */
  boolean isEscaped() {
    return escaped;
  }

  /** Goes behind a string without escapes, and says where its closing quote is. */
  int plainString() {
    int close = string();
    if (escaped) {
      throw StepAside.NOW;
    }
    return close;
  }

  /** The first quote, backslash, control character or non-ASCII byte from {@code from} on. */
  private int special(int from) {
    int i = from;
    while (i + Long.BYTES <= end) {
      long word = (long) WORD.get(bytes, i);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long found =
          (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | (word - SPACES) | word)
              & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += Long.BYTES;
    }
    for (; i < end; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\' || b < ' ') {
        return i;
      }
    }
    throw StepAside.NOW;
  }

  /** Goes behind any value, which is held to the grammar. */
  void skipValue() {
    skipValue(0);
  }

  private void skipValue(int depth) {
    if (depth == MAX_SKIPPED_DEPTH) {
      throw StepAside.NOW;
    }
    switch (next()) {
      case '"' -> plainString();
      case '{' -> skipObject(depth);
      case '[' -> skipArray(depth);
      case 't' -> skipLiteral(Literal.TRUE);
      case 'f' -> skipLiteral(Literal.FALSE);
      case 'n' -> skipLiteral(Literal.NULL);
      default -> skipped.skip(this);
    }
  }

  private void skipObject(int depth) {
    at++;
    if (next() == '}') {
      at++;
      return;
    }
    do {
      int close = plainString();
      if (close - stringStart > MAX_NAME_BYTES) {
        throw StepAside.NOW;
      }
      expect(':');
      skipValue(depth + 1);
    } while (hasMore('}'));
  }

  private void skipArray(int depth) {
    at++;
    if (next() == ']') {
      at++;
      return;
    }
    do {
      skipValue(depth + 1);
    } while (hasMore(']'));
  }

  private void skipLiteral(byte[] literal) {
    if (!skip(literal)) {
      throw StepAside.NOW;
    }
  }

  /**
   * Goes behind a comma or the {@code close} of an object or array, and says whether it was one.
   */
  boolean hasMore(int close) {
    int b = next();
    if (b != ',' && b != close) {
      throw StepAside.NOW;
    }
    at++;
    return b == ',';
  }

  /** The byte at the position, which is not gone to; -1 at the end. */
  int peek() {
    return at < end ? bytes[at] : -1;
  }
}
