package io.sluice.aws.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server that answers as Glue's schema registry does, whoever signs as its one caller. */
final class GlueServer implements AutoCloseable {
  static final String REGION = "eu-central-1";
  static final String ACCESS_KEY = "AKIDEXAMPLE";
  static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential="
              + ACCESS_KEY
              + "/([0-9]{8})/"
              + REGION
              + "/glue/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private final Map<String, List<UUID>> names = new TreeMap<>();
  private final Map<UUID, ObjectNode> versions = new TreeMap<>();
  private HttpServer server;
  private final int port;
  private String fault = "";
  private int faultStatus;

  GlueServer() {
    server = listen(0);
    port = server.getAddress().getPort();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Puts a version under the name of a schema of {@code default-registry}; says its id. */
  UUID register(String name, String schema, String format, String status) {
    UUID id = new UUID(7, versions.size() + 1L);
    versions.put(
        id,
        JSON.createObjectNode()
            .put("SchemaVersionId", id.toString())
            .put("SchemaDefinition", schema)
            .put("DataFormat", format)
            .put("Status", status));
    names.computeIfAbsent(name, each -> new ArrayList<>()).add(id);
    return id;
  }

  /** Every answer is this error from now on. */
  void answerOnly(int status, String error) {
    faultStatus = status;
    fault = error;
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
      started.createContext("/", this::answer);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!fault.isEmpty()) {
      send(exchange, faultStatus, error(fault));
    } else if (!isSigned(exchange, body)) {
      send(exchange, 400, error("InvalidSignatureException"));
    } else if (!"AWSGlue.GetSchemaVersion"
        .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
      send(exchange, 400, error("UnknownOperationException"));
    } else {
      ObjectNode found = versions.get(wanted(JSON.readTree(body)));
      send(
          exchange,
          found == null ? 400 : 200,
          found == null ? error("com.amazonaws.glue#EntityNotFoundException") : found.toString());
    }
  }

  private UUID wanted(JsonNode request) {
    if (request.has("SchemaVersionId")) {
      return UUID.fromString(request.path("SchemaVersionId").asText());
    }
    JsonNode schema = request.path("SchemaId");
    List<UUID> own =
        schema.path("RegistryName").asText().equals("default-registry")
            ? names.getOrDefault(schema.path("SchemaName").asText(), List.of())
            : List.of();
    JsonNode number = request.path("SchemaVersionNumber");
    int version =
        number.path("LatestVersion").asBoolean()
            ? own.size()
            : number.path("VersionNumber").asInt();
    return version > 0 && version <= own.size() ? own.get(version - 1) : new UUID(0, 0);
  }

  private static String error(String type) {
    return JSON.createObjectNode().put("__type", type).put("Message", "no").toString();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** See "Signature Version 4" of AWS: computed anew, without the SDK. */
  private static boolean isSigned(HttpExchange exchange, byte[] body) {
    Matcher said =
        AUTHORIZATION.matcher(
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (!said.matches()) {
      return false;
    }
    StringBuilder request = new StringBuilder("POST\n/\n\n");
    for (String header : said.group(2).split(";", -1)) {
      request.append(header).append(':');
      request.append(exchange.getRequestHeaders().getFirst(header)).append('\n');
    }
    request.append('\n').append(said.group(2)).append('\n').append(sha256(body));
    String scope = said.group(1) + "/" + REGION + "/glue/aws4_request";
    String date = exchange.getRequestHeaders().getFirst("X-Amz-Date");
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + sha256(request.toString().getBytes(UTF_8));
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return said.group(2).contains("host;")
        && said.group(2).contains("x-amz-date")
        && HexFormat.of().formatHex(hmac(key, toSign)).equals(said.group(3));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
