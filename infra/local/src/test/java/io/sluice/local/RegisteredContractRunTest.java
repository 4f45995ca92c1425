package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.SluiceProcess.Outcome;
import io.sluice.testkit.registry.ConfluentServer;
import io.sluice.testkit.registry.OwnAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract in a registry over TLS that wants a password, from landing to the published table. */
class RegisteredContractRunTest {
  private static final String PASSWORD = "opensesame-4711";
  private static final String CONTRACT =
      """
      {"type":"record","name":"Order","fields":[
       {"name":"id","type":"string"},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}
      """;

  @TempDir private Path folder;

  @Test
  void landsCuratesAndGatesByTheContractOfARegistry() throws Exception {
    // Given
    OwnAuthority authority = OwnAuthority.in(folder);
    try (ConfluentServer server = ConfluentServer.guarded(authority.server(), "reader", PASSWORD)) {
      server.register("orders", CONTRACT.replace("\"string\"", "\"long\""));
      server.register("orders", CONTRACT);
      Path settings = settings(server, authority);
      Path pipeline = pipeline(server);
      Path input =
          Files.writeString(
              folder.resolve("orders.ndjson"),
              "{\"id\":\"a\",\"at\":0}\n{\"id\":7,\"at\":0}\n{\"id\":\"b\",\"at\":1}\n");
      Path lake = folder.resolve("lake");

      // When
      Outcome run =
          SluiceProcess.run(
              "run", pipeline, input, "--lake", lake, "--registry", settings, "--json");
      Outcome rows = SluiceProcess.run("rows", "orders", "--lake", lake, "--registry", settings);
      Outcome refused = SluiceProcess.run("rows", "orders", "--lake", lake);
      server.stop();
      Outcome down = SluiceProcess.run("rows", "orders", "--lake", lake, "--registry", settings);

      // Then
      assertThat(run.status()).as(run.err()).isEqualTo(Sluice.DONE);
      JsonNode totals = run.json().get("totals");
      assertThat(totals.get("inserted").asInt()).isEqualTo(2);
      assertThat(totals.get("rejected").asInt()).isEqualTo(1);
      assertThat(run.json().get("verdicts").toString()).contains("schema_hash");
      assertThat(rows.sortedLines())
          .containsExactly("{\"id\":\"a\",\"at\":0}", "{\"id\":\"b\",\"at\":1}");
      assertThat(refused.status()).isEqualTo(Sluice.USAGE);
      assertThat(refused.err()).contains("nobody who is trusted vouches for its certificate");
      assertThat(down.status()).isEqualTo(Sluice.INFRASTRUCTURE);
      assertThat(down.err()).contains("Cannot read https://127.0.0.1:");
      for (Outcome each : List.of(run, rows, refused, down)) {
        assertThat(each.out() + each.err()).doesNotContain(PASSWORD);
      }
      assertNoFileOf(lake, PASSWORD);
    }
  }

  private Path settings(ConfluentServer server, OwnAuthority authority) throws IOException {
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
    return Files.writeString(
        folder.resolve("registry.properties"),
        """
        address = %s
        user = reader
        password = %s
        authorities = ca.pem
        """
            .formatted(server.address(), PASSWORD));
  }

  private Path pipeline(ConfluentServer server) throws IOException {
    Path pipeline = Files.createDirectory(folder.resolve("orders"));
    Files.writeString(
        pipeline.resolve("pipeline.yaml"),
        """
        pipeline: { name: orders }
        ingestion:
          contract: registry:orders
          schema_registry: %s
          reject_budget: { rate: 0.5 }
        transformation: { idempotency_key: [id], event_time: at }
        quality:
          gates:
            - { metric: schema_hash, action: registry_validation }
        """
            .formatted(server.address()));
    return pipeline;
  }

  private static void assertNoFileOf(Path lake, String secret) throws IOException {
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }
}
