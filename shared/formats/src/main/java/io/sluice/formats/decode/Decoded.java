package io.sluice.formats.decode;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** What a decoder says of one record's bytes. */
public sealed interface Decoded {
  /** It matches the contract; logical values are raw: long, int, {@code ByteBuffer}, string. */
  record Accepted(GenericRecord record) implements Decoded {}

  /**
   * It does not.
   *
   * @param errors all of them, at least one, up to {@link RecordDecoder#MAX_ERRORS}
   */
  record Rejected(ErrorClass errorClass, List<RecordError> errors) implements Decoded {
    /** Copies the errors. */
    public Rejected {
      errors = List.copyOf(errors);
    }
  }
}
