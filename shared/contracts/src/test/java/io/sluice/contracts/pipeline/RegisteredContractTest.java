package io.sluice.contracts.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.registry.ObjectRegistry;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.PipelineName;
import io.sluice.core.memory.InMemoryObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredContractTest {
  private static final PipelineName ORDERS = new PipelineName("orders");

  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
  private final Layout layout = new Layout("lake");
  private final Declarations declarations =
      new Declarations(
          store, layout, new Registries(store, layout, RegistryAccess.NONE, () -> Instant.EPOCH));

  private Pipeline read(String contract, String registry) {
    declare(contract, registry);
    return declarations.read(ORDERS);
  }

  private void declare(String contract, String registry) {
    store.put(
        layout.declaration(ORDERS, Declarations.FILE),
        """
        pipeline: { name: orders }
        transformation: { idempotency_key: [id], event_time: at }
        ingestion:
          contract: %s
          schema_registry: %s
        """
            .formatted(contract, registry)
            .getBytes(UTF_8));
  }

  private void register(String file, String type) {
    store.put(
        layout.contract("orders", file),
        """
        {"type":"record","name":"Order","fields":[{"name":"id","type":"%s"},
        {"name":"at","type":{"type":"int","logicalType":"date"}}]}
        """
            .formatted(type)
            .getBytes(UTF_8));
  }

  @Test
  void readsTheContractFromTheObjectsOfTheLake() {
    // Given
    register("1.avsc", "int");
    register("2.avsc", "long");

    // Then
    assertThat(read("registry:orders", "objects").contract().schema().toString()).contains("long");
    assertThat(read("registry:orders:1", "objects").contract().schema().toString())
        .contains("\"id\",\"type\":\"int\"");
    assertThatThrownBy(() -> read("registry:orders:3", "objects"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Contract does not exist: registry:orders:3 (ingestion.contract)");
  }

  @Test
  void readsTheContractFromARegistryOfGlue() {
    // Given
    List<String> asked = new ArrayList<>();
    Registries registries =
        new Registries(
            store,
            layout,
            RegistryAccess.NONE,
            () -> Instant.EPOCH,
            name -> {
              asked.add(name);
              return new ObjectRegistry(store, layout);
            });
    register("1.avsc", "int");
    declare("registry:orders", "glue");
    new Declarations(store, layout, registries).read(ORDERS);
    declare("registry:orders", "glue:shop");

    // When
    new Declarations(store, layout, registries).read(ORDERS);

    // Then
    assertThat(asked).containsExactly("default-registry", "shop");
    assertThatThrownBy(() -> declarations.read(ORDERS))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Cannot read Glue registry shop: it is on AWS only");
  }

  @Test
  void retriesWhileTheRegistryIsDown() {
    assertThatThrownBy(() -> read("registry:orders", "http://127.0.0.1:1/apis"))
        .isInstanceOf(TransientFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host", "http://reader:secret@host/", "host:8081", "http://h/?token=secret"})
  void refusesAnAddressOfAnotherFormAndDoesNotRepeatIt(String address) {
    assertThatThrownBy(() -> read("registry:orders", "'" + address + "'"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage(
            "Invalid s3://lake/pipelines/orders/pipeline.yaml line 5: ingestion.schema_registry is"
                + " to be objects, glue, glue:<name> or http(s)://host:port/path, without a user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry:", "registry:a/b", "registry:../x", "registry:a:0"})
  void refusesASubjectThatIsNone(String contract) {
    assertThatThrownBy(() -> read("'" + contract + "'", "objects"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("line 4: ingestion.contract: " + contract);
  }
}
