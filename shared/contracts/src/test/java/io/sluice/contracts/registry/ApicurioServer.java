package io.sluice.contracts.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apicurio Registry in a process of its own, on loopback. What is registered is in a file, so that
 * it is there when the registry comes back.
 */
final class ApicurioServer implements AutoCloseable {
  /** The agent that its requests are logged under. */
  static final String PRODUCER = "producer-of-the-test";

  /** It takes about ten seconds on an idle machine of two cores. */
  private static final int START_SECONDS = 180;

  private static final int STOP_SECONDS = 30;
  private static final Pattern LISTENING =
      Pattern.compile("started in .* Listening on: http://127\\.0\\.0\\.1:([0-9]+)\\.");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path home;
  private final Path database;
  private final List<String> log = new ArrayList<>();
  private Process process;
  private Thread logReader;
  private int port;

  /**
   * Starts it.
   *
   * @param home the folder of its unpacked archive
   * @param database the file for what is registered
   */
  ApicurioServer(Path home, Path database) {
    this.home = home;
    this.database = database;
    start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  /** Starts it again, on its port and with what it had. */
  void start() {
    CompletableFuture<Integer> listening = new CompletableFuture<>();
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Dquarkus.http.host=127.0.0.1",
                  "-Dquarkus.http.port=" + port,
                  "-Dquarkus.management.host=127.0.0.1",
                  "-Dquarkus.management.port=0",
                  "-Dapicurio.datasource.url=jdbc:h2:file:" + database,
                  "-jar",
                  home.resolve("quarkus-run.jar").toString())
              .redirectErrorStream(true)
              .start();
      logReader = Thread.ofVirtual().start(() -> read(process.inputReader(), listening));
      port = listening.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      stop();
      throw new IllegalStateException(
          "Cannot start Apicurio Registry: " + String.join("\n", log), e);
    }
  }

  private void read(BufferedReader output, CompletableFuture<Integer> listening) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (log) {
          log.add(line);
        }
        Matcher started = LISTENING.matcher(line);
        if (started.find()) {
          listening.complete(Integer.valueOf(started.group(1)));
        }
      }
      listening.completeExceptionally(new IllegalStateException("It ended"));
    } catch (IOException e) {
      listening.completeExceptionally(e);
    }
  }

  /** Ends its process, and returns when all that it logged is there. */
  void stop() {
    try {
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      logReader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What others than {@link #register} asked for, a line each. */
  List<String> requestsOfOthers() {
    synchronized (log) {
      return log.stream()
          .filter(line -> line.contains("apicurio-registry.access"))
          .filter(line -> !line.contains(PRODUCER))
          .toList();
    }
  }

  /** Registers a schema as a producer does; says its id. */
  int register(String subject, String schema, Subject... references) {
    ObjectNode body = JSON.createObjectNode().put("schema", schema);
    for (Subject reference : references) {
      body.withArray("references")
          .addObject()
          .put("name", reference.name())
          .put("subject", reference.name())
          .put("version", Integer.parseInt(reference.version()));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(BodyPublishers.ofString(body.toString()));
    return send(request).path("id").asInt();
  }

  /** Every subject with its versions, such as {@code orders:[1,2]}. */
  List<String> holds() {
    List<String> subjects = new ArrayList<>();
    for (JsonNode subject : send(HttpRequest.newBuilder(URI.create(address() + "/subjects")))) {
      URI versions = URI.create(address() + "/subjects/" + subject.asText() + "/versions");
      subjects.add(subject.asText() + ":" + send(HttpRequest.newBuilder(versions)));
    }
    return subjects;
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      String answer =
          client
              .send(request.header("User-Agent", PRODUCER).build(), BodyHandlers.ofString())
              .body();
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
