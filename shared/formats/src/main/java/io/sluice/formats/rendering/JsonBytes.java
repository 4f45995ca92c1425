package io.sluice.formats.rendering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * One JSON value as it is written, in one buffer that is used again. Commas are put by themselves.
 * Beyond its limit nothing is kept, and it says so.
 */
public final class JsonBytes {
  private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final int maxBytes;
  private byte[] buffer = new byte[4096];
  private int length;
  private boolean overflown;
  private boolean separate;

  /** Nothing yet, and never more than {@code maxBytes}. */
  public JsonBytes(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Begins anew. */
  public void clear() {
    length = 0;
    overflown = false;
    separate = false;
  }

  /** Whether more was written than the limit allows. */
  public boolean isOverflown() {
    return overflown;
  }

  /** What is written, until more is; not to be changed. */
  public ByteBuffer written() {
    return ByteBuffer.wrap(buffer, 0, length);
  }

  /** A copy of what is written. */
  public byte[] bytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** Opens an object or an array: its bracket. */
  public void open(char bracket) {
    separate();
    put(bracket);
    separate = false;
  }

  /** Closes an object or an array: its bracket. */
  public void close(char bracket) {
    put(bracket);
    separate = true;
  }

  /** The name of the value that comes next, in UTF-8. */
  public void name(byte[] utf8) {
    string(utf8, 0, utf8.length);
    put(':');
    separate = false;
  }

  /** A string in UTF-8, which is not checked. */
  public void string(byte[] utf8, int from, int count) {
    separate();
    put('"');
    for (int i = from; i < from + count && !overflown; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\') {
        put('\\');
        put(b);
      } else if (b >= 0 && b < ' ') {
        escaped(b);
      } else {
        put(b);
      }
    }
    put('"');
    separate = true;
  }

  /** A string. */
  public void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  /** Bytes, as a string in base64. */
  public void base64(byte[] bytes) {
    byte[] text = Base64.getEncoder().encode(bytes);
    string(text, 0, text.length);
  }

  /** A number, or any other value that is JSON already. */
  public void raw(byte[] json) {
    separate();
    for (byte b : json) {
      put(b);
    }
    separate = true;
  }

  /** A whole number. */
  public void number(long value) {
    raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /** A number that reads back as it is; as a string where JSON has no such number. */
  public void number(double value) {
    if (Double.isFinite(value)) {
      raw(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
    } else {
      string(Double.toString(value));
    }
  }

  /** {@code true} or {@code false}. */
  public void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  /** {@code null}. */
  public void nothing() {
    raw(NULL);
  }

  private void escaped(byte b) {
    put('\\');
    put('u');
    put('0');
    put('0');
    put(HEXADECIMAL[b >> 4]);
    put(HEXADECIMAL[b & 15]);
  }

  private void separate() {
    if (separate) {
      put(',');
    }
  }

  private void put(int b) {
    if (length == buffer.length) {
      if (length >= maxBytes) {
        overflown = true;
        return;
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(maxBytes, 2L * length));
    }
    buffer[length++] = (byte) b;
  }
}
