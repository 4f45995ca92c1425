package io.sluice.contracts.framing;

import java.nio.ByteBuffer;

/** What a framing makes of the bytes of one record. */
public sealed interface Frame {
  /** A header, and the payload behind it, decompressed. */
  record Framed(SchemaId schema, ByteBuffer payload) implements Frame {}

  /** No such header: the record is bad. */
  record Broken(String expected, String found) implements Frame {}
}
