package io.sluice.formats.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.failure.TransientFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramedRecordsTest {
  private static final String CONTRACT =
      """
      {"type":"record","name":"Order","fields":[
       {"name":"id","type":"string"},
       {"name":"amount","type":"long","default":9},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}
      """;

  /** Older than the contract: another order, a narrower number, a field that is gone. */
  private static final Schema WRITTEN =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Order","fields":[
               {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
               {"name":"gone","type":"string"},
               {"name":"amount","type":"int"},
               {"name":"id","type":"string"}]}
              """);

  private static final int KNOWN = 7;
  private static final UUID VERSION = new UUID(1, 2);

  private final Map<SchemaId, String> schemas = new HashMap<>();
  private int asked;
  private boolean down;

  private SchemaRegistry registry() {
    return new SchemaRegistry() {
      @Override
      public Optional<String> find(Subject subject) {
        throw new AssertionError("Asks for " + subject);
      }

      @Override
      public Optional<String> find(SchemaId id) {
        asked++;
        if (down) {
          throw new TransientFailure("down");
        }
        return Optional.ofNullable(schemas.get(id));
      }
    };
  }

  private Outcome read(String framing, Object... frames) {
    return outcome(framing, file(Schema.create(Schema.Type.BYTES), frames));
  }

  private Outcome outcome(String framing, byte[] object) {
    Pipeline pipeline =
        Outcome.pipeline(
            CONTRACT,
            "format: avro, framing: %s, schema_registry: objects".formatted(framing),
            "id");
    RecordReaders readers = new RecordReaders(pipeline, address -> registry());
    return Outcome.of(readers, pipeline, "orders.avro", object);
  }

  @ParameterizedTest
  @ValueSource(strings = {"confluent", "glue", "glue, compressed", "single-object"})
  void readsEveryRecordByTheSchemaThatItsFrameNames(String kind) {
    // Given
    schemas.put(new SchemaId.Numbered(KNOWN), WRITTEN.toString());
    schemas.put(new SchemaId.Version(VERSION), WRITTEN.toString());
    schemas.put(
        new SchemaId.Fingerprint(SchemaNormalization.parsingFingerprint64(WRITTEN)),
        WRITTEN.toString());

    // When
    Outcome outcome =
        read(kind.split(",", -1)[0], framed(kind, order("a")), framed(kind, order("b")));

    // Then
    assertThat(outcome.refusals()).isEmpty();
    assertThat(outcome.accepted())
        .map(Object::toString)
        .containsExactly(
            "{\"id\": \"a\", \"amount\": 5, \"at\": 1000}",
            "{\"id\": \"b\", \"amount\": 5, \"at\": 1000}");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void quarantinesAloneWhatHasNoFrameNoKnownSchemaOrAnotherOne() {
    // Given
    schemas.put(new SchemaId.Numbered(KNOWN), WRITTEN.toString());
    schemas.put(new SchemaId.Numbered(8), "\"long\"");
    schemas.put(new SchemaId.Numbered(9), "not Avro");
    byte[] good = framed("confluent", order("a"));

    // When
    Outcome outcome =
        read(
            "confluent",
            good,
            order("no frame"),
            numbered(99, order("unknown")),
            numbered(9, order("odd")),
            numbered(8, order("another")),
            Arrays.copyOf(good, good.length - 1),
            good);

    // Then
    assertThat(outcome.accepted()).hasSize(2);
    assertThat(outcome.refusals())
        .map(refusal -> refusal.codes().getFirst())
        .containsExactly("frame", "schema_id", "schema_id", "avro", "avro");
    assertThat(outcome.refusals().get(1).reason().errors().getFirst().found()).isEqualTo("99");
    assertThat(outcome.refusals().get(1).ordinal()).isEqualTo(2);
    assertThat(outcome.refusals().get(1).bytes()).contains("unknown");
  }

  @Test
  void asksForASchemaThatIsNotThereOnceAnObject() {
    // Given
    byte[] unknown = numbered(99, order("a"));

    // When
    Outcome outcome = read("confluent", unknown, unknown, unknown);

    // Then
    assertThat(outcome.refusals()).hasSize(3);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void rejectsAnObjectWhoseRecordsNameSchemasByChance() {
    // Given
    Object[] frames = new Object[1002];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = numbered(1000 + i, order("a"));
    }

    // When
    Outcome outcome = read("confluent", frames);

    // Then
    assertThat(outcome.unreadable()).endsWith("its records name more than 1000 schemas");
    assertThat(asked).isEqualTo(1000);
  }

  @Test
  void leavesItToAnotherAttemptWhenTheRegistryIsDown() {
    // Given
    down = true;

    // Then
    assertThatThrownBy(() -> read("confluent", framed("confluent", order("a"))))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void rejectsAnObjectThatHoldsNoFrames() {
    // Given
    byte[] records = file(WRITTEN, record("a"));

    // Then
    assertThat(outcome("confluent", records).unreadable())
        .endsWith("its schema is a record, not the bytes of confluent frames");
    assertThat(
            Outcome.of(
                    Outcome.pipeline(CONTRACT, "format: avro", "id"),
                    "k",
                    file(Schema.create(Schema.Type.BYTES), new byte[1]))
                .unreadable())
        .endsWith("its schema is a bytes, not a record");
  }

  private static GenericRecord record(String id) {
    GenericRecord record = new GenericData.Record(WRITTEN);
    record.put("id", id);
    record.put("gone", "");
    record.put("amount", 5);
    record.put("at", 1000L);
    return record;
  }

  private static byte[] order(String id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(WRITTEN).write(record(id), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] framed(String kind, byte[] payload) {
    return switch (kind) {
      case "confluent" -> numbered(KNOWN, payload);
      case "glue" -> glue(0, payload);
      case "glue, compressed" -> glue(5, zlib(payload));
      default ->
          ByteBuffer.allocate(10 + payload.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put((byte) 0xC3)
              .put((byte) 1)
              .putLong(SchemaNormalization.parsingFingerprint64(WRITTEN))
              .put(payload)
              .array();
    };
  }

  private static byte[] numbered(int id, byte[] payload) {
    return ByteBuffer.allocate(5 + payload.length).put((byte) 0).putInt(id).put(payload).array();
  }

  private static byte[] glue(int compression, byte[] payload) {
    return ByteBuffer.allocate(18 + payload.length)
        .put((byte) 3)
        .put((byte) compression)
        .putLong(VERSION.getMostSignificantBits())
        .putLong(VERSION.getLeastSignificantBits())
        .put(payload)
        .array();
  }

  private static byte[] zlib(byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] file(Schema schema, Object... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, bytes);
      for (Object value : values) {
        writer.append(value instanceof byte[] frame ? ByteBuffer.wrap(frame) : value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
