package io.sluice.formats.row;

import io.sluice.core.id.FieldPath;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** A record that matches its contract, in whichever form its format produced it. */
public sealed interface Row permits AvroRow, FlatRow {
  /**
   * The value at {@code path}: Boolean, Integer, Long, Float, Double; String for strings, enums and
   * uuids; {@code ByteBuffer} for bytes, fixed and the unscaled digits of decimals; logical values
   * are raw. Empty when it, or a record around it, is null.
   *
   * @throws IllegalArgumentException when the contract has no single value there: it is unknown, or
   *     a record, array or map, or inside an array or map
   */
  Optional<Object> value(FieldPath path);

  /** The whole record, which costs what a row saves; logical values are raw. */
  GenericRecord record();
}
