package io.sluice.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that answers as Confluent's registry does. */
public final class ConfluentServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new TreeMap<>();
  private final @Nullable SSLContext tls;
  private final String authorization;
  private HttpServer server;
  private int port;
  private int fault;

  private ConfluentServer(@Nullable SSLContext tls, String authorization) {
    this.tls = tls;
    this.authorization = authorization;
    server = listen(0);
    port = server.getAddress().getPort();
  }

  /** One for everybody, over HTTP. */
  public static ConfluentServer open() {
    return new ConfluentServer(null, "");
  }

  /** One for {@code user} only, over HTTP. */
  public static ConfluentServer guarded(String user, String password) {
    return new ConfluentServer(null, basic(user, password));
  }

  /** One for {@code user} only, over TLS. */
  public static ConfluentServer guarded(SSLContext tls, String user, String password) {
    return new ConfluentServer(tls, basic(user, password));
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** Where it is. */
  public URI address() {
    return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port + "/api");
  }

  /**
   * Puts a schema under a subject, as a producer would; says its id.
   *
   * @param references what the schema refers to, as {@code subject:version}
   */
  public synchronized int register(String subject, String schema, String... references) {
    ObjectNode registered = JSON.createObjectNode().put("schema", schema);
    for (String reference : references) {
      int colon = reference.lastIndexOf(':');
      registered
          .withArray("references")
          .addObject()
          .put("name", "any")
          .put("subject", reference.substring(0, colon))
          .put("version", Integer.parseInt(reference.substring(colon + 1)));
    }
    return add(subject, registered);
  }

  /** Puts a schema that is not Avro under a subject; says its id. */
  public synchronized int registerAs(String type, String subject, String schema) {
    return add(subject, JSON.createObjectNode().put("schemaType", type).put("schema", schema));
  }

  private int add(String subject, ObjectNode registered) {
    schemas.add(registered);
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(schemas.size());
    return schemas.size();
  }

  /** Every answer has this status from now on; 0 for honest ones. */
  public void answerOnly(int status) {
    fault = status;
  }

  /** Stops listening. */
  public void stop() {
    server.stop(0);
  }

  /** Listens again, at the same address and with what it had. */
  public void start() {
    server = listen(port);
  }

  private HttpServer listen(int wanted) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted);
    try {
      HttpServer started = create(address);
      started.createContext("/api/", this::answer);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpServer create(InetSocketAddress address) throws IOException {
    if (tls == null) {
      return HttpServer.create(address, 0);
    }
    HttpsServer secure = HttpsServer.create(address, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    return secure;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String user = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (fault != 0) {
      send(exchange, fault, "<html>");
    } else if (!authorization.isEmpty() && !authorization.equals(user)) {
      send(exchange, 401, "{\"error_code\":40101}");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 405, "{\"error_code\":405}");
    } else if (path[2].equals("schemas")) {
      schema(exchange, Integer.parseInt(path[4]), "{\"error_code\":40403}");
    } else {
      List<Integer> versions = subjects.getOrDefault(path[3], List.of());
      int version = path[5].equals("latest") ? versions.size() : Integer.parseInt(path[5]);
      boolean there = version > 0 && version <= versions.size();
      schema(exchange, there ? versions.get(version - 1) : 0, "{\"error_code\":40401}");
    }
  }

  private void schema(HttpExchange exchange, int id, String missing) throws IOException {
    boolean there = id > 0 && id <= schemas.size();
    send(exchange, there ? 200 : 404, there ? schemas.get(id - 1).toString() : missing);
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
