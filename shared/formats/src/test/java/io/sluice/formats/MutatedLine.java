package io.sluice.formats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Lines with something wrong in them, mostly. */
public final class MutatedLine {
  private static final List<String> TOKENS =
      List.of(
          "null",
          "true",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "1e999",
          "1e400",
          "-",
          "-0",
          "01",
          "+1",
          ".5",
          "5.",
          "0x1",
          "e",
          "E5",
          "99999999999999999999",
          "9223372036854775808",
          "\\ud800",
          "\\",
          "\\u00",
          "\\u0000",
          "é",
          "\u0000",
          " ",
          "\r",
          "\t",
          "\"i\":1,",
          "{}",
          "[]",
          "\"\"",
          "T24:00:00Z",
          "-00:00",
          "0000-00-00",
          "NaN",
          "Infinity",
          "/**/",
          "\ufeff",
          "=",
          "AA==");

  private MutatedLine() {}

  /** A line that differs from {@code line} in one to four places, or in none. */
  public static byte[] of(byte[] line, Random random) {
    byte[] mutant = line;
    for (int i = random.nextInt(5); i > 0; i--) {
      mutant = mutate(mutant, random);
    }
    return mutant;
  }

  private static byte[] mutate(byte[] line, Random random) {
    if (line.length == 0) {
      return line;
    }
    int at = random.nextInt(line.length);
    int upTo = Math.min(line.length, at + 1 + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> replace(line, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replace(line, at, upTo, new byte[0]);
      case 2 -> replace(line, at, at, token(random));
      case 3 -> replace(line, at, at, Arrays.copyOfRange(line, at, upTo));
      case 4 -> replace(line, at, upTo, token(random));
      default -> random.nextInt(4) == 0 ? Arrays.copyOf(line, at) : digit(line, at, random);
    };
  }

  /** Numbers and times break at their digits. */
  private static byte[] digit(byte[] line, int at, Random random) {
    for (int i = at; i < line.length; i++) {
      if (line[i] >= '0' && line[i] <= '9') {
        return replace(line, i, i + 1, ("" + random.nextInt(100)).getBytes(UTF_8));
      }
    }
    return line;
  }

  private static byte[] token(Random random) {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8);
  }

  private static byte[] replace(byte[] line, int from, int to, byte[] with) {
    byte[] result = new byte[line.length - (to - from) + with.length];
    System.arraycopy(line, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(line, to, result, from + with.length, line.length - to);
    return result;
  }
}
