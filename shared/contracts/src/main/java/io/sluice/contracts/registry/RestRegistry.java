package io.sluice.contracts.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.registry.ReferredSchemas.Registered;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A registry that speaks Confluent's REST API: {@code GET /subjects/<s>/versions/<v>} and {@code
 * GET /schemas/ids/<n>}. Apicurio's {@code /apis/ccompat/v7} does too.
 */
public final class RestRegistry implements SchemaRegistry {
  /** A registry in the same network answers within milliseconds; land waits for it. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  /** The longest schema, escaped as a JSON string, and what surrounds it. */
  private static final int MAX_BYTES = 8 * Contract.MAX_CHARACTERS;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final URI address;
  private final String authorization;

  /**
   * The registry at {@code address}, {@code https://host:port/path}.
   *
   * @throws IllegalArgumentException when it is no such address, or has a user in it
   * @throws ConfigurationFailure when {@code access} makes no sense
   */
  public RestRegistry(URI address, RegistryAccess access) {
    boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!isWeb || address.getHost() == null || address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "Invalid registry address: "
              + address.getHost()
              + " (http(s)://host:port/path without a user)");
    }
    this.address = URI.create(address.toString().replaceAll("/+$", ""));
    this.authorization = access.authorization(address).orElse("");
    HttpClient.Builder settings =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    access.trust(address).ifPresent(settings::sslContext);
    this.client = settings.build();
  }

  @Override
  public Optional<String> find(Subject subject) {
    return get(subject).map(this::whole);
  }

  /** Ids below 0, and those of other framings, are not this registry's. */
  @Override
  public Optional<String> find(SchemaId id) {
    return switch (id) {
      case SchemaId.Numbered numbered ->
          numbered.id() < 0
              ? Optional.empty()
              : get("/schemas/ids/" + numbered.text()).filter(Registered::isAvro).map(this::whole);
      case SchemaId.None ignored -> Optional.empty();
      case SchemaId.Version ignored -> Optional.empty();
      case SchemaId.Fingerprint ignored -> Optional.empty();
    };
  }

  private String whole(Registered schema) {
    return ReferredSchemas.join(schema, this::get);
  }

  private Optional<Registered> get(Subject subject) {
    return get("/subjects/" + subject.name() + "/versions/" + subject.version());
  }

  private Optional<Registered> get(String path) {
    URI uri = URI.create(address + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(uri, response.statusCode(), body.readNBytes(MAX_BYTES + 1));
      }
    } catch (IOException e) {
      throw isUntrusted(e)
          ? new ConfigurationFailure(
              "Cannot read " + uri + ": nobody who is trusted vouches for its certificate", e)
          : new TransientFailure("Cannot read " + uri + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("Cannot read " + uri + ": interrupted", e);
    }
  }

  private static boolean isUntrusted(Throwable failure) {
    return failure instanceof CertificateException
        || (failure.getCause() != null && isUntrusted(failure.getCause()));
  }

  private Optional<Registered> answer(URI uri, int status, byte[] body) {
    return switch (status) {
      case OK -> Optional.of(schema(uri, body));
      case NOT_FOUND -> notFound(uri, body);
      case UNAUTHORIZED, FORBIDDEN ->
          throw new ConfigurationFailure(
              "Cannot read %s: the registry refuses %s, status %d"
                  .formatted(
                      uri,
                      authorization.isEmpty()
                          ? "to be asked without a user, and the settings have none for it"
                          : "the user and password of the settings",
                      status));
      default -> throw new TransientFailure("Cannot read " + uri + ": status " + status);
    };
  }

  /** A registry says what it misses in JSON; a proxy in front of one that is down does not. */
  private static Optional<Registered> notFound(URI uri, byte[] body) {
    try {
      if (JSON.readTree(body).has("error_code")) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + uri + ": status 404, and no registry's", e);
    }
    throw new TransientFailure("Cannot read " + uri + ": status 404, and no registry's");
  }

  private static Registered schema(URI uri, byte[] body) {
    if (body.length > MAX_BYTES) {
      throw new TransientFailure(
          "Cannot read " + uri + ": it is longer than " + MAX_BYTES + " bytes");
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new TransientFailure("Cannot read " + uri + ": it is not JSON", e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + uri + ": " + e.getMessage(), e);
    }
    String type = answer.path("schemaType").asText("AVRO");
    if (!answer.path("schema").isTextual()) {
      throw new TransientFailure("Cannot read " + uri + ": it has no schema");
    }
    return new Registered(
        uri.toString(),
        type,
        answer.get("schema").asText(),
        references(uri, answer.path("references")));
  }

  private static List<Subject> references(URI uri, JsonNode declared) {
    List<Subject> references = new ArrayList<>();
    for (JsonNode reference : declared) {
      String name = reference.path("subject").asText() + ":" + reference.path("version").asText();
      try {
        references.add(Subject.parse(Subject.PREFIX + name));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationFailure(
            "Invalid schema at " + uri + ": it refers to " + name + ", which names no schema", e);
      }
    }
    return references;
  }
}
