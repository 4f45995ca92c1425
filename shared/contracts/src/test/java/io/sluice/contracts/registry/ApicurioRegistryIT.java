package io.sluice.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A real registry, from its published archive; in the profile {@code apicurio} only. */
@TestInstance(Lifecycle.PER_CLASS)
class ApicurioRegistryIT extends SchemaRegistryContract {
  private final TreeMap<String, Integer> registered = new TreeMap<>();
  private ApicurioServer server;
  private RestRegistry registry;

  @BeforeAll
  void startServer(@TempDir Path folder) {
    server =
        new ApicurioServer(Path.of(System.getProperty("apicurio.home")), folder.resolve("schemas"));
    registry = new RestRegistry(server.address(), RegistryAccess.NONE);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Override
  protected SchemaRegistry registry() {
    return registry;
  }

  @Override
  protected SchemaId register(String subject, String schema) {
    return numbered(subject, schema);
  }

  private SchemaId numbered(String subject, String schema, Subject... references) {
    registered.merge(subject, 1, Integer::sum);
    return new SchemaId.Numbered(server.register(subject, schema, references));
  }

  @Override
  protected void stop() {
    server.stop();
  }

  @Override
  protected void start() {
    server.start();
  }

  @Test
  void putsTheSchemasThatOneRefersToIntoIt() {
    // Given
    numbered(
        "shop.Money", "{\"type\":\"fixed\",\"name\":\"Money\",\"namespace\":\"shop\",\"size\":8}");
    SchemaId id =
        numbered(
            "bills",
            "{\"type\":\"record\",\"name\":\"shop.Bill\",\"fields\":"
                + "[{\"name\":\"sum\",\"type\":\"shop.Money\"}]}",
            new Subject("shop.Money", "1"));

    // When
    String bySubject = registry.find(Subject.parse("registry:bills")).orElseThrow();
    String byId = registry.find(id).orElseThrow();

    // Then
    assertThat(bySubject).isEqualTo(byId);
    assertThat(Contract.parse(byId, "bills").schema().getField("sum").schema().getFixedSize())
        .isEqualTo(8);
  }

  @Test
  void registersNothing() {
    // Given
    SchemaId id = register("watched", FIRST);

    // When
    registry.find(Subject.parse("registry:watched"));
    registry.find(Subject.parse("registry:watched:9"));
    registry.find(Subject.parse("registry:nobody-registered-this"));
    registry.find(id);
    registry.find(new SchemaId.Numbered(999_998));
    List<String> holds = server.holds();
    stop();

    // Then
    try {
      assertThat(server.requestsOfOthers())
          .hasSizeGreaterThanOrEqualTo(5)
          .allMatch(request -> request.contains("method=\"GET\""));
      assertThat(holds).hasSameSizeAs(registered.keySet());
      registered.forEach(
          (subject, versions) ->
              assertThat(holds)
                  .anyMatch(each -> each.matches(subject + ":\\[.*\\b" + versions + "]")));
    } finally {
      start();
    }
  }
}
