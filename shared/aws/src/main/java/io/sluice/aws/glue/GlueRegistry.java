package io.sluice.aws.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsFailures;
import io.sluice.aws.glue.GlueCalls.Answer;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A registry of AWS Glue: {@code GetSchemaVersion} by a schema's name and the version's number, or
 * by the version's id, which is the same in all registries of an account and region.
 */
final class GlueRegistry implements SchemaRegistry {
  private static final int OK = 200;

  /** The longest schema, escaped as a JSON string, and what surrounds it. */
  private static final int MAX_BYTES = 8 * Contract.MAX_CHARACTERS;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GlueCalls calls;
  private final String registry;

  /** The registry of that name, where {@code clients} are. */
  GlueRegistry(AwsClients clients, String registry) {
    this(GlueCalls.of(clients), registry);
  }

  GlueRegistry(GlueCalls calls, String registry) {
    this.calls = calls;
    this.registry = registry;
  }

  @Override
  public Optional<String> find(Subject subject) {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("SchemaId").put("RegistryName", registry).put("SchemaName", subject.name());
    ObjectNode version = request.putObject("SchemaVersionNumber");
    if (subject.moves()) {
      version.put("LatestVersion", true);
    } else {
      version.put("VersionNumber", Long.parseLong(subject.version()));
    }
    String what = "schema " + subject + " of Glue registry " + registry;
    return ask(what, request).map(found -> avro(what, found));
  }

  /** Ids of other framings are not Glue's. */
  @Override
  public Optional<String> find(SchemaId id) {
    return switch (id) {
      case SchemaId.Version version ->
          ask(
                  "Glue schema version " + version.text(),
                  JSON.createObjectNode().put("SchemaVersionId", version.text()))
              .filter(GlueRegistry::isAvro)
              .map(GlueRegistry::schema);
      case SchemaId.None ignored -> Optional.empty();
      case SchemaId.Numbered ignored -> Optional.empty();
      case SchemaId.Fingerprint ignored -> Optional.empty();
    };
  }

  private Optional<JsonNode> ask(String what, ObjectNode request) {
    try {
      Answer answer = calls.call("GetSchemaVersion", request.toString(), MAX_BYTES);
      JsonNode said = JSON.readTree(answer.body());
      if (answer.status() == OK) {
        return Optional.of(available(what, said));
      }
      String code = code(said);
      if (code.equals("EntityNotFoundException")) {
        return Optional.empty();
      }
      throw refusal(answer.status(), code);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + what + ": " + e, e);
    } catch (SdkException e) {
      throw AwsFailures.of("read " + what, e);
    }
  }

  /** The name of an error, which may have a namespace before it and a URI behind it. */
  private static String code(JsonNode said) {
    String type = said.path("__type").asText();
    return type.replaceFirst(":.*", "").replaceFirst(".*#", "");
  }

  private static AwsServiceException refusal(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  private static JsonNode available(String what, JsonNode version) {
    String status = version.path("Status").asText();
    return switch (status) {
      case "AVAILABLE" -> version;
      case "PENDING" -> throw new TransientFailure("Cannot read " + what + ": it is pending");
      default -> throw new ConfigurationFailure("Invalid " + what + ": its status is " + status);
    };
  }

  private static String avro(String what, JsonNode version) {
    if (!isAvro(version)) {
      throw new ConfigurationFailure(
          "Invalid " + what + ": " + version.path("DataFormat").asText() + " (Avro is wanted)");
    }
    return schema(version);
  }

  private static boolean isAvro(JsonNode version) {
    return version.path("DataFormat").asText().equals("AVRO");
  }

  private static String schema(JsonNode version) {
    return version.path("SchemaDefinition").asText();
  }
}
