package io.sluice.curate.lambda;

import static io.sluice.iceberg.lake.Orders.order;
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
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurateHandlerTest {
  /** Reads events as Quarkus does: {@code Records} is the property {@code records}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final InMemoryQueue<SnapshotAudited> gate = new InMemoryQueue<>();
  private final Map<List<String>, Duration> postponed = new HashMap<>();
  private Instant now = Instant.MAX;
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler = handler(Duration.ofHours(1));

  @Test
  void takesTheEventThatShipsWithTheProject() throws IOException {
    // Given
    SQSMessage message = shipped().getRecords().getFirst();
    BatchLanded announced = BatchLandedJson.read(message.getBody());
    LandedBatch batch = lake.land(pipeline, "1", order("a", 1));

    // When
    message.setBody(BatchLandedJson.write(announcement(batch)));

    // Then
    assertThat(announced.pipeline()).isEqualTo(new PipelineName("earthquakes"));
    assertThat(message.getAttributes()).containsEntry("MessageGroupId", "earthquakes");
    assertThat(handle(message)).isEmpty();
    assertThat(lake.rows(pipeline, "audit")).containsExactly(order("a", 1));
  }

  @Test
  void commitsTheBatchesOfAGroupTogetherAndReportsOnlyTheInvalid() {
    // Given
    LandedBatch first = lake.land(pipeline, "1", order("a", 1));
    LandedBatch second = lake.land(pipeline, "2", order("b", 1));
    BatchLanded forged =
        new BatchLanded(pipeline.name(), new BatchId("0".repeat(32)), first.manifestName());
    BatchLanded stale =
        new BatchLanded(
            pipeline.name(), first.id(), new ObjectName("lake", "raw/orders/gone/manifest.json"));

    // When
    List<String> failed =
        handle(
            message("first", announcement(first)),
            message("forged", forged),
            message("stale", stale),
            message("second", announcement(second)));

    // Then
    assertThat(failed).containsExactly("forged", "stale");
    assertThat(gate.announced()).hasSize(1);
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(order("a", 1), order("b", 1));
  }

  @Test
  void curatesTheGoodBatchesOfAGroupWhenARawFileOfOneIsGone() {
    // Given
    LandedBatch broken = lake.land(pipeline, "1", order("a", 1));
    LandedBatch good = lake.land(pipeline, "2", order("b", 1));
    lake.store().remove(broken.manifest().raw().getFirst().name());

    // Then
    assertThat(handle(message("broken", announcement(broken)), message("good", announcement(good))))
        .containsExactly("broken");
    assertThat(lake.rows(pipeline, "audit")).containsExactly(order("b", 1));
  }

  @Test
  void putsBatchesBackUntilTheirIntervalIsOver() {
    // Given
    Pipeline waiting = Orders.declareTransformed(lake, "batch_interval: 5m");
    LandedBatch first = lake.land(waiting, "1", order("a", 1));
    LandedBatch second = lake.land(waiting, "2", order("b", 1));
    now = first.manifest().landedAt().plusSeconds(10);

    // When
    List<String> failed =
        handle(message("first", announcement(first)), message("second", announcement(second)));

    // Then
    assertThat(failed).containsExactly("first", "second");
    assertThat(postponed)
        .containsExactly(
            Map.entry(List.of("handle of first", "handle of second"), Duration.ofSeconds(290)));
    assertThat(gate.announced()).isEmpty();

    // When
    now = first.manifest().landedAt().plusSeconds(300);

    // Then
    assertThat(handle(message("first", announcement(first)))).isEmpty();
    assertThat(lake.rows(waiting, "audit")).containsExactly(order("a", 1));
  }

  @Test
  void waitsNoLongerThanTheFunctionMay() {
    // Given
    Pipeline waiting = Orders.declareTransformed(lake, "batch_interval: 5m");
    LandedBatch batch = lake.land(waiting, "1", order("a", 1));
    now = batch.manifest().landedAt();

    // Then
    assertThat(handle(handler(Duration.ZERO), message("first", announcement(batch)))).isEmpty();
    assertThat(postponed).isEmpty();
  }

  private RequestHandler<SQSEvent, SQSBatchResponse> handler(Duration longestWait) {
    return new CurateHandler(
        new CurateWiring(
            lake.store(),
            lake.layout(),
            lake.tables(),
            gate,
            postponed::put,
            longestWait,
            () -> now));
  }

  private List<String> handle(SQSMessage... messages) {
    return handle(handler, messages);
  }

  private static List<String> handle(
      RequestHandler<SQSEvent, SQSBatchResponse> handler, SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return handler.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private static SQSEvent shipped() throws IOException {
    Path file = Path.of(System.getProperty("sluice.root"), "infra/events/curate.json");
    return JSON.readValue(Files.readAllBytes(file), SQSEvent.class);
  }

  private static BatchLanded announcement(LandedBatch batch) {
    return batch.manifest().announcement(batch.manifestName());
  }

  private static SQSMessage message(String id, BatchLanded announcement) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setReceiptHandle("handle of " + id);
    message.setBody(BatchLandedJson.write(announcement));
    message.setAttributes(Map.of("MessageGroupId", announcement.pipeline().value()));
    return message;
  }
}
