package io.sluice.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.testkit.registry.ConfluentServer;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestRegistryTest extends SchemaRegistryContract {
  private final ConfluentServer server = ConfluentServer.open();
  private final RestRegistry registry = new RestRegistry(server.address(), RegistryAccess.NONE);

  @Override
  protected SchemaRegistry registry() {
    return registry;
  }

  @Override
  protected SchemaId register(String subject, String schema) {
    return new SchemaId.Numbered(server.register(subject, schema));
  }

  @Override
  protected void stop() {
    server.stop();
  }

  @Override
  protected void start() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500, 503})
  void retriesWhenSomethingElseAnswersInItsPlace(int status) {
    // Given
    SchemaId id = register("orders", FIRST);
    server.answerOnly(status);

    // Then
    assertThatThrownBy(() -> registry.find(id)).isInstanceOf(TransientFailure.class);
    assertThatThrownBy(() -> registry.find(Subject.parse("registry:orders")))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void putsTheSchemasThatOneRefersToIntoItOnce() {
    // Given
    server.register("money", "{\"type\":\"fixed\",\"name\":\"Money\",\"size\":8}");
    server.register("line", holding("Line", "Money"), "money:1");
    SchemaId bill =
        new SchemaId.Numbered(
            server.register("bill", holding("Bill", "Line"), "line:1", "money:1"));

    // When
    String whole = registry.find(bill).orElseThrow();

    // Then
    assertThat(whole).containsOnlyOnce("\"fixed\"").contains("\"Line\"");
    assertThat(Contract.parse(whole, "bill").schema().getName()).isEqualTo("Bill");
  }

  @Test
  void refusesASchemaThatRefersToOnesThatAreNotThereOrToTooMany() {
    // Given
    SchemaId lost = new SchemaId.Numbered(server.register("lost", FIRST, "gone:3"));
    SchemaId odd = new SchemaId.Numbered(server.register("odd", FIRST, "../x:1"));
    server.register("line", "\"int\"");
    String[] many = new String[ReferredSchemas.MAX_REFERENCES + 1];
    for (int i = 0; i < many.length; i++) {
      server.register("line", "\"int\"");
      many[i] = "line:" + (i + 2);
    }
    SchemaId greedy = new SchemaId.Numbered(server.register("greedy", FIRST, many));

    // Then
    assertThatThrownBy(() -> registry.find(lost))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageMatching("Schema does not exist: gone:3 \\(http://.*/1 refers to it\\)");
    assertThatThrownBy(() -> registry.find(odd))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("it refers to ../x:1, which names no schema");
    assertThatThrownBy(() -> registry.find(greedy))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("it has more than 50 other schemas");
  }

  @Test
  void takesASchemaOfAnotherKindForNoneWhenARecordNamesIt() {
    // Given
    SchemaId id = new SchemaId.Numbered(server.registerAs("PROTOBUF", "orders", "syntax"));

    // Then
    assertThat(registry.find(id)).isEmpty();
    assertThat(registry.find(new SchemaId.Numbered(-1))).isEmpty();
    assertThatThrownBy(() -> registry.find(Subject.parse("registry:orders")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("PROTOBUF (Avro is wanted)");
  }

  private static String holding(String name, String type) {
    return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[{\"name\":\"f\",\"type\":\"%s\"}]}"
        .formatted(name, type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "http://reader:secret@host/", "file:///x", "host:8081"})
  void refusesAnAddressThatIsNoneOrHasAPasswordInIt(String address) {
    assertThatThrownBy(() -> new RestRegistry(URI.create(address), RegistryAccess.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid registry address: ")
        .message()
        .doesNotContain("secret");
  }
}
