package io.sluice.formats.quarantine;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One record that was not accepted.
 *
 * @param ordinal its number in the source, counted from 0
 * @param line its line, counted from 1
 * @param byteOffset where it starts in the uncompressed source
 * @param bytes as they were, or their beginning when the class is {@link ErrorClass#SIZE}; what
 *     holds them is not to be changed
 */
public record RejectedRecord(
    long ordinal,
    long line,
    long byteOffset,
    ByteBuffer bytes,
    ErrorClass errorClass,
    List<RecordError> errors) {
  /** Copies the errors, shuts the bytes, and refuses a rejection without a reason. */
  public RejectedRecord {
    bytes = bytes.asReadOnlyBuffer();
    errors = List.copyOf(errors);
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("Invalid rejection: record " + ordinal + " has no error");
    }
  }
}
