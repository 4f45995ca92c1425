package io.sluice.formats.rendering;

import io.sluice.contracts.pipeline.Limits;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.decode.Decoded;
import java.util.List;
import java.util.Optional;

/**
 * What a record may be in JSON whatever the contract says of it: so deep, so many fields, so long
 * strings. Looks at bytes only, and only at those of records that are long enough to break a limit.
 */
public final class JsonLimits {
  /** The shortest field: quotes, a colon, and one character of a value. */
  private static final int SHORTEST_FIELD_BYTES = 4;

  private final Limits limits;
  private final int harmlessBytes;

  /** Holds records to {@code limits}. */
  public JsonLimits(Limits limits) {
    this.limits = limits;
    int fieldBytes =
        (int) Math.min(Integer.MAX_VALUE, SHORTEST_FIELD_BYTES * (long) limits.fields());
    boolean usualDepth = limits.depth() == Limits.DEFAULT.depth();
    this.harmlessBytes =
        Math.min(
            Math.min(limits.stringBytes(), fieldBytes),
            usualDepth ? Integer.MAX_VALUE : 2 * limits.depth());
  }

  /** The first limit that the record breaks; of broken JSON it may find none. */
  public Optional<Decoded.Rejected> broken(byte[] bytes, int start, int length) {
    return length <= harmlessBytes ? Optional.empty() : search(bytes, start, start + length);
  }

  private Optional<Decoded.Rejected> search(byte[] bytes, int start, int end) {
    int depth = 0;
    int fields = 0;
    for (int i = start; i < end; i++) {
      byte next = bytes[i];
      if (next == '"') {
        int close = closingQuote(bytes, i + 1, end);
        if (close - i - 1 > limits.stringBytes()) {
          return error("string_bytes", limits.stringBytes(), "bytes of a string");
        }
        i = close;
      } else if (next == ':' && ++fields > limits.fields()) {
        return error("fields", limits.fields(), "fields");
      } else if ((next == '{' || next == '[') && ++depth > limits.depth()) {
        return error("depth", limits.depth(), "levels");
      } else if (next == '}' || next == ']') {
        depth--;
      }
    }
    return Optional.empty();
  }

  private static int closingQuote(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, end);
  }

  private static Optional<Decoded.Rejected> error(String code, int most, String what) {
    RecordError error = new RecordError(code, "", "at most " + most + " " + what, "more");
    return Optional.of(new Decoded.Rejected(ErrorClass.SIZE, List.of(error)));
  }
}
