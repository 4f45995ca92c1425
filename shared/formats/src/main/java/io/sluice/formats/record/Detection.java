package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.contracts.pipeline.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an object is when nobody says: by the first bytes of a binary format, else by the end of its
 * name before that of a codec, else by its first character; and what is none of these is NDJSON.
 */
final class Detection {
  private static final byte[] AVRO = {'O', 'b', 'j', 1};
  private static final byte[] PARQUET = "PAR1".getBytes(US_ASCII);
  private static final List<String> CODECS =
      List.of(".gz", ".gzip", ".zst", ".zstd", ".bz2", ".sz", ".snappy");
  private static final Map<String, Format> ENDINGS =
      Map.of(
          ".ndjson", Format.NDJSON,
          ".jsonl", Format.NDJSON,
          ".json", Format.JSON,
          ".csv", Format.CSV,
          ".tsv", Format.TSV,
          ".tab", Format.TSV);

  private Detection() {}

  /**
   * The format, never {@link Format#DETECTED}.
   *
   * @param key the object's
   * @param head its first decompressed bytes
   */
  static Format format(String key, byte[] head) {
    if (isAvro(head)) {
      return Format.AVRO;
    }
    if (startsWith(head, PARQUET)) {
      return Format.PARQUET;
    }
    Format named = ENDINGS.getOrDefault(ending(key), Format.DETECTED);
    boolean isJson =
        named == Format.JSON || (named == Format.DETECTED && firstCharacter(head) == '[');
    if (isJson) {
      return holdsAValuePerLine(head) ? Format.NDJSON : Format.JSON;
    }
    return named == Format.DETECTED ? Format.NDJSON : named;
  }

  static boolean isAvro(byte[] head) {
    return startsWith(head, AVRO);
  }

  /** The delimiter that stands most often in the first line outside of quotes; a comma if none. */
  static String delimiter(byte[] head) {
    String candidates = ",\t;|";
    int[] counts = new int[candidates.length()];
    boolean quoted = false;
    for (byte b : head) {
      if (b == '\n' && !quoted) {
        break;
      }
      quoted ^= b == '"';
      int candidate = quoted ? -1 : candidates.indexOf(b);
      if (candidate >= 0) {
        counts[candidate]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return candidates.substring(best, best + 1);
  }

  /** Whether the first line that is not blank is an object from its first to its last character. */
  static boolean holdsAValuePerLine(byte[] head) {
    int depth = 0;
    boolean quoted = false;
    boolean started = false;
    for (int i = skipByteOrderMark(head); i < head.length; i++) {
      byte b = head[i];
      if (quoted) {
        i += b == '\\' ? 1 : 0;
        quoted = b != '"' && b != '\n';
      } else if (b == '\n' && started) {
        return depth == 0;
      } else if (b == '[' && !started) {
        return false;
      } else {
        quoted = b == '"';
        started |= !isBlank(b);
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
      }
    }
    return false;
  }

  private static char firstCharacter(byte[] head) {
    for (int i = skipByteOrderMark(head); i < head.length; i++) {
      if (!isBlank(head[i])) {
        return (char) (head[i] & 0xff);
      }
    }
    return ' ';
  }

  private static int skipByteOrderMark(byte[] head) {
    return startsWith(head, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}) ? 3 : 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  private static String ending(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    for (String codec : CODECS) {
      if (name.endsWith(codec)) {
        name = name.substring(0, name.length() - codec.length());
        break;
      }
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }
}
