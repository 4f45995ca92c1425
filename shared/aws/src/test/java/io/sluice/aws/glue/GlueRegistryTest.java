package io.sluice.aws.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsEndpoints;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.registry.SchemaRegistry;
import io.sluice.contracts.registry.SchemaRegistryContract;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class GlueRegistryTest extends SchemaRegistryContract {
  private static final Subject ORDERS = Subject.parse("registry:orders");

  private final GlueServer server = new GlueServer();
  private final AwsClients clients =
      new AwsClients(
          new AwsEndpoints(
              server.address(),
              server.address(),
              GlueServer.REGION,
              GlueServer.ACCESS_KEY,
              GlueServer.SECRET_KEY));
  private final GlueRegistry registry = registry(GlueServer.SECRET_KEY, "default-registry");

  private GlueRegistry registry(String secret, String name) {
    return new GlueRegistry(
        GlueCalls.at(
            server.address(),
            GlueServer.REGION,
            clients,
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(GlueServer.ACCESS_KEY, secret))),
        name);
  }

  @Override
  protected SchemaRegistry registry() {
    return registry;
  }

  @Override
  protected SchemaId register(String subject, String schema) {
    return new SchemaId.Version(server.register(subject, schema, "AVRO", "AVAILABLE"));
  }

  @Override
  protected SchemaId unknown() {
    return new SchemaId.Version(new UUID(9, 9));
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
    clients.close();
    server.close();
  }

  @Test
  void readsTheRegistryOfItsNameOnlyAndNoIdsOfOthers() {
    // Given
    register("orders", FIRST);

    // Then
    assertThat(registry(GlueServer.SECRET_KEY, "other").find(ORDERS)).isEmpty();
    assertThat(registry.find(new SchemaId.Numbered(1))).isEmpty();
    assertThat(registry.find(new SchemaId.Fingerprint(1))).isEmpty();
  }

  @Test
  void saysThatGlueRefusesItsSignature() {
    assertThatThrownBy(() -> registry("another", "default-registry").find(ORDERS))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage(
            "Cannot read schema orders:latest of Glue registry default-registry:"
                + " InvalidSignatureException (status 400)");
  }

  @ParameterizedTest
  @CsvSource({
    "400, ThrottlingException",
    "400, ExpiredTokenException",
    "500, InternalServiceException",
    "503, ServiceUnavailable"
  })
  void retriesWhatMaySucceedLater(int status, String error) {
    // Given
    SchemaId id = register("orders", FIRST);
    server.answerOnly(status, error);

    // Then
    assertThatThrownBy(() -> registry.find(id)).isInstanceOf(TransientFailure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "InvalidInputException"})
  void doesNotTakeARefusalForAMissingSchema(String error) {
    // Given
    server.answerOnly(400, error);

    // Then
    assertThatThrownBy(() -> registry.find(ORDERS))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith(error + " (status 400)");
  }

  @Test
  void takesNoVersionThatIsNotAvailableAndNoOtherFormat() {
    // Given
    server.register("pending", FIRST, "AVRO", "PENDING");
    server.register("failed", FIRST, "AVRO", "FAILURE");
    UUID protobuf = server.register("protobuf", "syntax", "PROTOBUF", "AVAILABLE");

    // Then
    assertThatThrownBy(() -> registry.find(Subject.parse("registry:pending")))
        .isInstanceOf(TransientFailure.class);
    assertThatThrownBy(() -> registry.find(Subject.parse("registry:failed")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("its status is FAILURE");
    assertThatThrownBy(() -> registry.find(Subject.parse("registry:protobuf")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("PROTOBUF (Avro is wanted)");
    assertThat(registry.find(new SchemaId.Version(protobuf))).isEmpty();
  }
}
