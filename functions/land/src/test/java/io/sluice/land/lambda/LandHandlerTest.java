package io.sluice.land.lambda;

import static io.sluice.land.LandingLake.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.land.LandingLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandHandlerTest {
  /** Reads events as Quarkus does: {@code Records} is the property {@code records}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final LandingLake lake = new LandingLake();
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler =
      new LandHandler(new LandWiring(lake.landing(lake.store(), curate)));

  @Test
  void takesTheEventThatShipsWithTheProject() throws IOException {
    // Given
    SQSEvent event = shipped();
    String body = event.getRecords().getFirst().getBody();
    SourceObject source = ObjectCreated.read(body).getFirst();
    SourceObject input = lake.input("landing/orders/2018-02-01.ndjson", order("a"), order("b"));

    // When
    event
        .getRecords()
        .getFirst()
        .setBody(
            body.replace(source.name().key(), input.name().key())
                .replace(source.version(), input.version()));

    // Then
    assertThat(source.name()).hasToString("s3://landing/landing/earthquakes/2018-02-01.ndjson");
    assertThat(handle(event)).isEmpty();
    assertThat(curate.announced()).hasSize(1);
    assertThat(lake.manifest().counts().accepted()).isEqualTo(2);
  }

  @Test
  void reportsOnlyTheMessagesThatFailed() {
    // Given
    SourceObject good = lake.input("landing/orders/a", order("a"));
    SourceObject undeclared = lake.input("landing/unknown/a", order("a"));
    SourceObject gone = new SourceObject(good.name(), "0");
    SQSEvent event = new SQSEvent();
    event.setRecords(
        List.of(
            message("undeclared", notification(undeclared)),
            message("invalid", "nonsense"),
            message("gone", notification(gone)),
            message("test", "{\"Event\":\"s3:TestEvent\"}"),
            message("good", notification(good)),
            message("again", notification(good))));

    // Then
    assertThat(handle(event)).containsExactly("undeclared", "invalid");
    assertThat(curate.announced()).hasSize(2);
  }

  private List<String> handle(SQSEvent event) {
    return handler.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private static SQSEvent shipped() throws IOException {
    Path file = Path.of(System.getProperty("sluice.root"), "infra/events/land.json");
    return JSON.readValue(Files.readAllBytes(file), SQSEvent.class);
  }

  private static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }

  private static String notification(SourceObject source) {
    return """
    {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},
     "object":{"key":"%s","eTag":"%s"}}}]}
    """
        .formatted(source.name().bucket(), source.name().key(), source.version());
  }
}
