package io.sluice.formats.decode;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one value of one Avro type, starting at the parser's current token. */
@FunctionalInterface
interface ValueDecoder {
  /** The raw Avro value; null for JSON's null, or when an error was noted. */
  @Nullable Object decode(Decoding in) throws IOException;
}
