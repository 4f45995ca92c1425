package io.sluice.formats.avro;

import io.sluice.formats.rendering.JsonBytes;
import java.io.IOException;

/** Writes the value at a cursor as JSON. */
@FunctionalInterface
interface ValueRenderer {
  void render(AvroCursor in, JsonBytes out) throws IOException;
}
