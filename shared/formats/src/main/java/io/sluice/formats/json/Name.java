package io.sluice.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A text that is looked for again and again, with its closing quote. */
final class Name {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] quoted;
  private final long first;
  private final long last;
  private final long mask;

  Name(String text) {
    this.quoted = (text + '"').getBytes(UTF_8);
    byte[] padded = Arrays.copyOf(quoted, Math.max(quoted.length, Long.BYTES));
    this.mask = quoted.length >= Long.BYTES ? -1 : (1L << (quoted.length * Byte.SIZE)) - 1;
    this.first = (long) WORD.get(padded, 0);
    this.last = (long) WORD.get(padded, padded.length - Long.BYTES);
  }

  /** With the quote. */
  int length() {
    return quoted.length;
  }

  /** Whether it stands at {@code at}, where there is room for it. */
  boolean isAt(byte[] bytes, int at) {
    if (at + Long.BYTES > bytes.length) {
      return Arrays.equals(bytes, at, at + quoted.length, quoted, 0, quoted.length);
    }
    if (((long) WORD.get(bytes, at) & mask) != first) {
      return false;
    }
    if (quoted.length <= Long.BYTES) {
      return true;
    }
    int inner = quoted.length - Long.BYTES;
    return (long) WORD.get(bytes, at + inner) == last
        && (quoted.length <= 2 * Long.BYTES
            || Arrays.equals(bytes, at + Long.BYTES, at + inner, quoted, Long.BYTES, inner));
  }
}
