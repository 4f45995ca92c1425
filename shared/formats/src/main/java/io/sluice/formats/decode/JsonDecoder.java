package io.sluice.formats.decode;

import io.sluice.contracts.contract.Contract;
import io.sluice.formats.json.JsonRows;
import io.sluice.formats.row.RowShredder;
import io.sluice.formats.row.RowTooLarge;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * What {@link RecordDecoder} says, sooner: records are read straight into a row, and only what is
 * not certainly good is decoded the careful way. Serves one thread at a time.
 */
public final class JsonDecoder {
  private final JsonRows rows;
  private final RecordDecoder careful;
  private final RowShredder shredder;

  private JsonDecoder(JsonRows rows, RecordDecoder careful) {
    this.rows = rows;
    this.shredder = new RowShredder(rows.row());
    this.careful = careful;
  }

  /** A decoder for records of {@code contract}. */
  public static JsonDecoder compile(Contract contract) {
    return compile(contract, new UnknownFields());
  }

  /** The same, which counts unknown fields in {@code unknown}. */
  public static JsonDecoder compile(Contract contract, UnknownFields unknown) {
    return new JsonDecoder(
        new JsonRows(contract, unknown::count), RecordDecoder.compile(contract, unknown));
  }

  /**
   * Decodes {@code length} bytes from {@code offset}: one record, without its line end. The bytes
   * must stay as they are while an accepted row is in use, which the next one replaces.
   */
  public Decoded decode(byte[] bytes, int offset, int length) {
    if (rows.read(bytes, offset, length)) {
      return new Decoded.Accepted(rows.row());
    }
    return switch (careful.decode(bytes, offset, length)) {
      case Decoded.Accepted good -> shredded(good.record());
      case Decoded.Rejected bad -> bad;
    };
  }

  private Decoded shredded(GenericRecord record) {
    try {
      return new Decoded.Accepted(shredder.shred(record));
    } catch (RowTooLarge e) {
      return RecordDecoder.TOO_MANY_VALUES;
    }
  }

  /** As {@link RecordDecoder#unknownFields}. */
  public Map<String, Long> unknownFields() {
    return careful.unknownFields();
  }
}
