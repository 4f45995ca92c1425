package io.sluice.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.verdict.Landed;
import io.sluice.testkit.registry.ConfluentServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that say which schema wrote them, and a registry that comes and goes. */
class FramedLandingTest {
  private static final String OLDER =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
      """;

  private final ConfluentServer registry = ConfluentServer.open();
  private final LandingLake lake =
      new LandingLake(
          "format: avro\n  framing: confluent\n  schema_registry: " + registry.address());
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private final Landing landing = lake.landing(lake.store(), curate);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void neitherAcceptsNorQuarantinesWhatOnlyARegistryThatIsDownCanTell() throws IOException {
    // Given
    int first = registry.register("orders", OLDER);
    int second = registry.register("orders", LandingLake.CONTRACT);
    SourceObject known = lake.input("landing/orders/1.avro", frames(order(first, "a")));
    SourceObject knownAgain = lake.input("landing/orders/2.avro", frames(order(first, "b")));
    SourceObject unseen =
        lake.input("landing/orders/3.avro", frames(order(first, "c"), order(second, "d")));
    landing.land(known);

    // When
    registry.stop();

    // Then
    assertThat(landing.land(knownAgain)).isInstanceOf(Landed.Now.class);
    assertThatThrownBy(() -> landing.land(unseen)).isInstanceOf(TransientFailure.class);
    assertThat(curate.announced()).hasSize(2);
    assertThat(lake.keys("quarantine/")).isEmpty();

    // When
    registry.start();

    // Then
    Landed landed = landing.land(unseen);
    assertThat(((Landed.Now) landed).manifest().counts()).isEqualTo(new LandCounts(2, 2, 0));
    assertThat(lake.keys("quarantine/")).isEmpty();
  }

  @Test
  void quarantinesARecordWhoseSchemaTheRegistryDoesNotHave() throws IOException {
    // Given
    int id = registry.register("orders", OLDER);
    byte[] unknown = order(id + 1, "b");

    // When
    landing.land(lake.input("landing/orders/1.avro", frames(order(id, "a"), unknown)));

    // Then
    assertThat(lake.manifest().counts()).isEqualTo(new LandCounts(2, 1, 1));
    assertThat(lake.manifest().errors()).containsEntry("schema_id", 1L);
    assertThat(lake.quarantined())
        .map(each -> each.record().bytes())
        .containsExactly(ByteBuffer.wrap(unknown));
  }

  /** An order of a schema, whose amount, where it has one, is null. */
  private static byte[] order(int schema, String id) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schema).array());
    bytes.write(2 * text.length);
    bytes.writeBytes(text);
    bytes.write(2);
    if (schema == 2) {
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  private static byte[] frames(byte[]... frames) throws IOException {
    Schema schema = Schema.create(Schema.Type.BYTES);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<ByteBuffer> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, bytes);
      for (byte[] frame : frames) {
        writer.append(ByteBuffer.wrap(frame));
      }
    }
    return bytes.toByteArray();
  }
}
