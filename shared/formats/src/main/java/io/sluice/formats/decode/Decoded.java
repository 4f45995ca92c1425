package io.sluice.formats.decode;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.row.AvroRow;
import io.sluice.formats.row.Row;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** What a decoder says of one record's bytes. */
public sealed interface Decoded {
  /** It matches the contract; the row may be used again for the next record. */
  record Accepted(Row row) implements Decoded {
    /** An Avro record as a row; logical values are raw: long, int, {@code ByteBuffer}, string. */
    public Accepted(GenericRecord record) {
      this(new AvroRow(record));
    }

    /** The row as an Avro record, which flat rows are made into at some cost. */
    public GenericRecord record() {
      return row.record();
    }
  }

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
