package io.sluice.contracts.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.contracts.framing.SchemaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A server that answers as Confluent's registry does. */
final class ConfluentServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new TreeMap<>();
  private HttpServer server;
  private int port;
  private int fault;

  ConfluentServer() {
    server = listen(0);
    port = server.getAddress().getPort();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port + "/api/");
  }

  SchemaId register(String subject, String schema, Subject... references) {
    ObjectNode registered = JSON.createObjectNode().put("schema", schema);
    for (Subject reference : references) {
      registered
          .withArray("references")
          .addObject()
          .put("name", "any")
          .put("subject", reference.name())
          .put("version", reference.version());
    }
    schemas.add(registered);
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(schemas.size());
    return new SchemaId.Numbered(schemas.size());
  }

  /** Every answer has this status from now on; 0 for honest ones. */
  void answerOnly(int status) {
    fault = status;
  }

  void stop() {
    server.stop(0);
  }

  void start() {
    server = listen(port);
  }

  private HttpServer listen(int wanted) {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
      started.createContext("/api/", this::answer);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String user = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (fault != 0) {
      send(exchange, fault, "<html>");
    } else if (path[2].equals("subjects") && path[3].equals("private")) {
      // cmVhZGVyOnNlY3JldA== is reader:secret
      boolean known = user.equals("Basic cmVhZGVyOnNlY3JldA==");
      send(
          exchange,
          known ? 200 : 401,
          known ? "{\"schema\":\"\\\"string\\\"\"}" : "{\"error_code\":40101}");
    } else if (path[2].equals("schemas")) {
      int id = Integer.parseInt(path[4]);
      send(exchange, id <= schemas.size() ? 200 : 404, byId(id, "{\"error_code\":40403}"));
    } else {
      List<Integer> versions = subjects.getOrDefault(path[3], List.of());
      int version = path[5].equals("latest") ? versions.size() : Integer.parseInt(path[5]);
      boolean there = version > 0 && version <= versions.size();
      String missing = "{\"error_code\":40401}";
      send(exchange, there ? 200 : 404, there ? byId(versions.get(version - 1), missing) : missing);
    }
  }

  private String byId(int id, String missing) {
    return id <= schemas.size() ? schemas.get(id - 1).toString() : missing;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
