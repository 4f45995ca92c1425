package io.sluice.formats.avro;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.formats.compress.UnreadableObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The records of an Avro object container file. A record's bytes are its own binary encoding, by
 * the writer schema in the file's header; its offset is that of its block. A block that cannot be
 * read makes the object unreadable: what follows in it has no beginnings.
 */
public final class AvroRecords extends BlockRecords {
  private final ValueRenderer renderer;

  private AvroRecords(AvroBlocks blocks, ValueRenderer renderer, Limits limits) {
    super(blocks, limits);
    this.renderer = renderer;
  }

  /** The records in {@code in}, each value written as its field in {@code contract} reads it. */
  public static AvroRecords of(InputStream in, Contract contract, Limits limits)
      throws IOException {
    return of(new AvroBlocks(in, limits), contract.schema(), limits);
  }

  /**
   * The records in {@code in}, which are envelopes of records.
   *
   * @param rows the envelope's fields that hold records of {@code contract}
   */
  public static AvroRecords ofEnvelopes(
      InputStream in, Contract contract, Limits limits, Iterable<String> rows) throws IOException {
    Schema envelope = Schema.createRecord("Envelope", null, null, false);
    List<Schema.Field> fields = new ArrayList<>();
    rows.forEach(name -> fields.add(new Schema.Field(name, contract.schema())));
    envelope.setFields(fields);
    return of(new AvroBlocks(in, limits), envelope, limits);
  }

  private static AvroRecords of(AvroBlocks blocks, Schema wanted, Limits limits)
      throws UnreadableObject {
    Schema.Type type = blocks.schema().getType();
    if (type != Schema.Type.RECORD) {
      throw blocks.unreadable("its schema is a " + type.getName() + ", not a record");
    }
    try {
      ValueRenderer renderer = AvroRenderers.compile(blocks.schema(), wanted);
      return new AvroRecords(blocks, renderer, limits);
    } catch (IllegalArgumentException e) {
      throw blocks.unreadable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  void read(AvroCursor record) throws IOException {
    render(renderer, record);
  }

  @Override
  public byte[] bytes() {
    byte[] whole = encoded();
    return isTooLong() ? Arrays.copyOf(whole, Math.min(whole.length, KEPT_BYTES)) : whole;
  }

  @Override
  public Rendered rendered() {
    return json();
  }
}
