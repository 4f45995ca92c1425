package io.sluice.formats.change;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.decode.UnknownFields;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import io.sluice.formats.row.RowTooLarge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Turns a change event into a record of {@link ChangeColumns#raw}: of an insert, an update and a
 * snapshot the row after it, held against the contract; of a delete the row before it, held against
 * the key. Paths of errors in rows are those of the contract. Serves one thread at a time.
 */
public final class ChangeDecoder {
  /** The fields of an envelope that hold rows. */
  public static final List<String> ROWS = List.of("before", "after");

  private static final String OPERATIONS = "one of c, r, u, d, t";

  private final Schema raw;
  private final RecordDecoder rows;
  private final RecordDecoder deleted;
  private final RowShredder shredder;

  private ChangeDecoder(Schema raw, RecordDecoder rows, RecordDecoder deleted) {
    this.raw = raw;
    this.rows = rows;
    this.deleted = deleted;
    this.shredder = new RowShredder(new FlatRow(RowShape.of(raw)));
  }

  /**
   * A decoder for changes of rows of {@code contract}, which {@code key} identifies. Unknown fields
   * of rows are counted in {@code unknown}; one of a deleted row is left out whatever the contract
   * says, because nothing but the key is wanted of it.
   */
  public static ChangeDecoder compile(
      Contract contract, List<FieldPath> key, UnknownFields unknown) {
    return new ChangeDecoder(
        ChangeColumns.raw(contract).kept(),
        RecordDecoder.compile(contract, unknown),
        RecordDecoder.compile(ChangeColumns.deleted(contract, key), unknown));
  }

  /** Decodes {@code length} bytes from {@code start}: one event in JSON. */
  public Decoded decode(byte[] bytes, int start, int length) {
    Envelope envelope;
    try {
      envelope = Envelope.read(bytes, start, length);
    } catch (IOException e) {
      String found = e.getMessage() == null ? "none" : firstLine(e.getMessage());
      return rejected(
          ErrorClass.PARSE, new RecordError("json", "", "a change event of Debezium", found));
    }
    String word = envelope.operation().orElse("");
    Optional<Operation> operation = Operation.of(word);
    if (operation.isEmpty()) {
      return schema(word.isEmpty() ? "missing" : "enum", "op", OPERATIONS, word);
    }
    Optional<String> position = envelope.position();
    if (position.isEmpty()) {
      return schema("missing", "source", "a position, or ts_ms", "");
    }
    return change(envelope, operation.get(), position.get());
  }

  private Decoded change(Envelope envelope, Operation operation, String position) {
    return switch (operation) {
      case CREATE, READ, UPDATE -> row(envelope, "after", rows, operation, position);
      case DELETE -> row(envelope, "before", deleted, operation, position);
      case TRUNCATE -> shredded(record(operation, position));
    };
  }

  private Decoded row(
      Envelope envelope, String name, RecordDecoder decoder, Operation operation, String position) {
    Optional<ByteBuffer> row = envelope.row(name);
    if (row.isEmpty()) {
      return schema("missing", name, "a row", "");
    }
    ByteBuffer json = row.get();
    return switch (decode(decoder, json)) {
      case Decoded.Accepted accepted -> {
        GenericRecord change = record(operation, position);
        for (Schema.Field field : accepted.record().getSchema().getFields()) {
          change.put(field.name(), accepted.record().get(field.pos()));
        }
        yield shredded(change);
      }
      case Decoded.Rejected rejected -> rejected;
    };
  }

  private Decoded shredded(GenericRecord change) {
    try {
      return new Decoded.Accepted(shredder.shred(change));
    } catch (RowTooLarge e) {
      return RecordDecoder.TOO_MANY_VALUES;
    }
  }

  private static Decoded decode(RecordDecoder decoder, ByteBuffer json) {
    return decoder.decode(json.array(), json.arrayOffset() + json.position(), json.remaining());
  }

  private GenericRecord record(Operation operation, String position) {
    GenericRecord change = new GenericData.Record(raw);
    change.put(ChangeColumns.OPERATION, operation.word());
    change.put(ChangeColumns.POSITION, position);
    return change;
  }

  private static Decoded schema(String code, String path, String expected, String found) {
    return rejected(
        ErrorClass.SCHEMA,
        new RecordError(code, path, expected, found.isEmpty() ? "nothing" : found));
  }

  private static Decoded rejected(ErrorClass errorClass, RecordError error) {
    return new Decoded.Rejected(errorClass, List.of(error));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
