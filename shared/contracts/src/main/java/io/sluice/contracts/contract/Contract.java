package io.sluice.contracts.contract;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schema that every record of a pipeline must match.
 *
 * @param schema an Avro record
 */
public record Contract(Schema schema) {
  /** Refuses a schema that is not a record. */
  public Contract {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "Invalid contract: " + schema.getType().getName() + " (an Avro record is wanted)");
    }
  }

  /** The CRC-64-AVRO fingerprint of the schema's parsing canonical form, as 16 hex digits. */
  public String fingerprint() {
    return String.format("%016x", SchemaNormalization.parsingFingerprint64(schema));
  }
}
