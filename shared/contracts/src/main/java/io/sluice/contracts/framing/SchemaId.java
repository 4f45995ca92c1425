package io.sluice.contracts.framing;

import java.util.UUID;

/** What a frame says about the schema of what is in it. */
public sealed interface SchemaId {
  /** As in messages, and in the names of plain objects: {@code 17}. */
  String text();

  /** Nothing: it was written with the contract. */
  record None() implements SchemaId {
    @Override
    public String text() {
      return "none";
    }
  }

  /** A number that a Confluent-compatible registry gave it. */
  record Numbered(int id) implements SchemaId {
    @Override
    public String text() {
      return Integer.toString(id);
    }
  }

  /** A version that AWS Glue gave it. */
  record Version(UUID id) implements SchemaId {
    @Override
    public String text() {
      return id.toString();
    }
  }

  /** Its CRC-64-AVRO fingerprint. */
  record Fingerprint(long value) implements SchemaId {
    @Override
    public String text() {
      return String.format("%016x", value);
    }
  }
}
