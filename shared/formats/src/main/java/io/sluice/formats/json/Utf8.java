package io.sluice.formats.json;

/** Strict UTF-8, RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /** Where the character that starts at {@code at}, of two to four bytes, ends. */
  static int next(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || end - at < length) {
      throw StepAside.NOW;
    }
    int second = bytes[at + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    boolean valid = second >= least && second <= most;
    for (int i = 2; i < length; i++) {
      valid &= (bytes[at + i] & 0xc0) == 0x80;
    }
    if (!valid) {
      throw StepAside.NOW;
    }
    return at + length;
  }

  /** Writes a character's bytes, and says how many. */
  static int encode(int character, byte[] out, int at) {
    if (character < 0x80) {
      out[at] = (byte) character;
      return 1;
    }
    if (character < 0x800) {
      out[at] = (byte) (0xc0 | (character >> 6));
      out[at + 1] = continuation(character);
      return 2;
    }
    if (character < 0x10000) {
      out[at] = (byte) (0xe0 | (character >> 12));
      out[at + 1] = continuation(character >> 6);
      out[at + 2] = continuation(character);
      return 3;
    }
    out[at] = (byte) (0xf0 | (character >> 18));
    out[at + 1] = continuation(character >> 12);
    out[at + 2] = continuation(character >> 6);
    out[at + 3] = continuation(character);
    return 4;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }
}
