package io.sluice.contracts.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.framing.SchemaId;
import io.sluice.core.batch.Layout;
import io.sluice.core.memory.InMemoryObjectStore;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObjectRegistryTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
  private final Layout layout = new Layout("lake");
  private final ObjectRegistry registry = new ObjectRegistry(store, layout);

  private void put(String subject, String file, String text) {
    store.put(layout.contract(subject, file), text.getBytes(UTF_8));
  }

  @Test
  void findsTheHighestVersionAndAnyOther() {
    // Given
    put("orders", "9.avsc", "nine");
    put("orders", "10.avsc", "ten");
    put("orders", "11.json", "no version");
    put("orders-old", "12.avsc", "another subject");

    // Then
    assertThat(registry.find(Subject.parse("registry:orders"))).contains("ten");
    assertThat(registry.find(Subject.parse("registry:orders:9"))).contains("nine");
    assertThat(registry.find(Subject.parse("registry:orders:8"))).isEmpty();
    assertThat(registry.find(Subject.parse("registry:none"))).isEmpty();
  }

  @Test
  void findsSchemasByEveryKindOfId() {
    // Given
    UUID version = new UUID(1, 2);
    put("ids", "17.avsc", "number");
    put("ids", version + ".avsc", "version");
    put("ids", "00000000000000ff.avsc", "fingerprint");

    // Then
    assertThat(registry.find(new SchemaId.Numbered(17))).contains("number");
    assertThat(registry.find(new SchemaId.Version(version))).contains("version");
    assertThat(registry.find(new SchemaId.Fingerprint(255))).contains("fingerprint");
    assertThat(registry.find(new SchemaId.Numbered(18))).isEmpty();
  }
}
