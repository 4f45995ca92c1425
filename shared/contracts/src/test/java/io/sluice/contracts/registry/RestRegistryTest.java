package io.sluice.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.registry.RestRegistry.Access;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestRegistryTest extends SchemaRegistryContract {
  private final ConfluentServer server = new ConfluentServer();
  private final RestRegistry registry = new RestRegistry(server.address(), new Access.Anonymous());

  @Override
  SchemaRegistry registry() {
    return registry;
  }

  @Override
  SchemaId register(String subject, String schema) {
    return server.register(subject, schema);
  }

  @Override
  void stop() {
    server.stop();
  }

  @Override
  void start() {
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
    Subject money = new Subject("money", "1");
    server.register("line", holding("Line", "Money"), money);
    SchemaId bill =
        server.register("bill", holding("Bill", "Line"), new Subject("line", "1"), money);

    // When
    String whole = registry.find(bill).orElseThrow();

    // Then
    assertThat(whole).containsOnlyOnce("\"fixed\"").contains("\"Line\"");
    assertThat(Contract.parse(whole, "bill").schema().getName()).isEqualTo("Bill");
  }

  @Test
  void refusesASchemaThatRefersToOnesThatAreNotThereOrToTooMany() {
    // Given
    SchemaId lost = server.register("lost", FIRST, new Subject("gone", "3"));
    SchemaId odd = server.register("odd", FIRST, new Subject("../x", "1"));
    server.register("line", "\"int\"");
    Subject[] many = new Subject[ReferredSchemas.MAX_REFERENCES + 1];
    for (int i = 0; i < many.length; i++) {
      server.register("line", "\"int\"");
      many[i] = new Subject("line", Integer.toString(i + 1));
    }
    SchemaId greedy = server.register("greedy", FIRST, many);

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

  private static String holding(String name, String type) {
    return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[{\"name\":\"f\",\"type\":\"%s\"}]}"
        .formatted(name, type);
  }

  @Test
  void saysItsNameAndPasswordAndNeverShowsThem() {
    // Given
    Access access = new Access.Basic("reader", "secret");

    // Then
    assertThat(new RestRegistry(server.address(), access).find(Subject.parse("registry:private")))
        .contains("\"string\"");
    assertThatThrownBy(() -> registry.find(Subject.parse("registry:private")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("the registry refuses its caller, status 401");
    assertThat(access.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "http://reader:secret@host/", "file:///x", "host:8081"})
  void refusesAnAddressThatIsNoneOrHasAPasswordInIt(String address) {
    assertThatThrownBy(() -> new RestRegistry(URI.create(address), new Access.Anonymous()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid registry address: ")
        .message()
        .doesNotContain("secret");
  }
}
