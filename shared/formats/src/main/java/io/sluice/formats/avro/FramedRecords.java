package io.sluice.formats.avro;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.Frame;
import io.sluice.contracts.framing.Framing;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.record.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Framed records that an Avro object container file holds as {@code bytes}, as a topic does: each
 * says which schema of a registry wrote it. A record's bytes are its frame. A frame that cannot be
 * read spoils its record alone, because the file says where the next one starts; a registry that
 * does not answer says nothing of the record, and its failure passes through.
 */
public final class FramedRecords extends BlockRecords {
  /** Far more than one object has; each is asked for once, so that ids by chance cost no hours. */
  private static final int MAX_SCHEMAS = 1000;

  private final Framing framing;
  private final SchemaRegistry registry;
  private final Contract contract;
  private final Limits limits;
  private final Map<SchemaId, Optional<ValueRenderer>> renderers = new HashMap<>();
  private byte[] frame = new byte[0];
  private Rendered rendered = Faults.unparseable("frame", "", "");

  private FramedRecords(
      AvroBlocks blocks,
      Framing framing,
      SchemaRegistry registry,
      Contract contract,
      Limits limits) {
    super(blocks, limits);
    this.framing = framing;
    this.registry = registry;
    this.contract = contract;
    this.limits = limits;
  }

  /** The records in {@code in}, each value written as its field in {@code contract} reads it. */
  public static FramedRecords of(
      InputStream in, Framing framing, SchemaRegistry registry, Contract contract, Limits limits)
      throws IOException {
    AvroBlocks blocks = new AvroBlocks(in, limits);
    if (blocks.schema().getType() != Schema.Type.BYTES) {
      throw blocks.unreadable(
          "its schema is a "
              + blocks.schema().getType().getName()
              + ", not the bytes of "
              + framing.word()
              + " frames");
    }
    return new FramedRecords(blocks, framing, registry, contract, limits);
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.sluice.core.failure.TransientFailure when the record's schema is not known, and the
   *     registry does not answer
   */
  @Override
  public boolean next() throws IOException {
    boolean isThere = super.next();
    if (isThere) {
      rendered = unframed();
    }
    return isThere;
  }

  @Override
  void read(AvroCursor record) throws IOException {
    frame = record.readBytes();
  }

  @Override
  public byte[] bytes() {
    return frame.length > limits.recordBytes()
        ? Arrays.copyOf(frame, Math.min(frame.length, KEPT_BYTES))
        : frame;
  }

  @Override
  public Rendered rendered() {
    return rendered;
  }

  private Rendered unframed() throws UnreadableObject {
    if (frame.length > limits.recordBytes()) {
      return Faults.tooLong(limits.recordBytes());
    }
    return switch (framing.read(ByteBuffer.wrap(frame), limits.recordBytes())) {
      case Frame.Broken broken -> Faults.unparseable("frame", broken.expected(), broken.found());
      case Frame.Framed framed -> payload(framed);
    };
  }

  private Rendered payload(Frame.Framed framed) throws UnreadableObject {
    Optional<ValueRenderer> renderer = renderer(framed.schema());
    if (renderer.isEmpty()) {
      return Faults.unparseable(
          "schema_id", "an Avro schema that the registry has", framed.schema().text());
    }
    byte[] payload = new byte[framed.payload().remaining()];
    framed.payload().get(payload);
    AvroCursor cursor = new AvroCursor(payload, limits.depth());
    try {
      render(renderer.get(), cursor);
    } catch (IOException e) {
      return Faults.unparseable("avro", written(framed), String.valueOf(e.getMessage()));
    }
    if (cursor.remaining() > 0) {
      return Faults.unparseable("avro", written(framed), cursor.remaining() + " bytes behind it");
    }
    return json();
  }

  private static String written(Frame.Framed framed) {
    return "a record of schema " + framed.schema().text();
  }

  private Optional<ValueRenderer> renderer(SchemaId id) throws UnreadableObject {
    Optional<ValueRenderer> known = renderers.get(id);
    if (known != null) {
      return known;
    }
    if (renderers.size() == MAX_SCHEMAS) {
      throw unreadable("its records name more than " + MAX_SCHEMAS + " schemas");
    }
    Optional<ValueRenderer> found = registry.find(id).flatMap(this::compile);
    renderers.put(id, found);
    return found;
  }

  private Optional<ValueRenderer> compile(String text) {
    try {
      Schema written =
          new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(text);
      return Optional.of(AvroRenderers.compile(written, contract.schema()));
    } catch (AvroRuntimeException | IllegalArgumentException | StackOverflowError e) {
      return Optional.empty();
    }
  }
}
