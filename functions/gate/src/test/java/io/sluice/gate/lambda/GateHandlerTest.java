package io.sluice.gate.lambda;

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
import io.sluice.contracts.wire.SnapshotAuditedJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateHandlerTest {
  /** Reads events as Quarkus does: {@code Records} is the property {@code records}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private final InMemoryQueue<SnapshotPublished> published = new InMemoryQueue<>();
  private final RequestHandler<SQSEvent, SQSBatchResponse> handler =
      new GateHandler(
          new GateWiring(lake.store(), lake.layout(), lake.tables(), curate, published));

  @Test
  void takesTheEventThatShipsWithTheProject() throws IOException {
    // Given
    SQSMessage message = shipped().getRecords().getFirst();
    SnapshotAudited announced = SnapshotAuditedJson.read(message.getBody());

    // When
    message.setBody(body(commit()));

    // Then
    assertThat(announced)
        .isEqualTo(new SnapshotAudited(new PipelineName("earthquakes"), new SnapshotId(123)));
    assertThat(message.getAttributes()).containsEntry("MessageGroupId", "earthquakes");
    assertThat(handle(message)).isEmpty();
    assertThat(lake.rows(pipeline, "main")).containsExactly(order("a", 1));
    assertThat(published.announced()).hasSize(1);
  }

  @Test
  void reportsOnlyTheMessagesThatFailed() {
    // Given
    SnapshotId snapshot = commit();

    // Then
    assertThat(
            handle(
                message("invalid", "orders", "nonsense"),
                message("unknown", "orders", body(new SnapshotId(1))),
                message("good", "orders", body(snapshot)),
                message(
                    "undeclared",
                    "others",
                    SnapshotAuditedJson.write(
                        new SnapshotAudited(new PipelineName("others"), snapshot)))))
        .containsExactly("invalid", "undeclared");
    assertThat(lake.rows(pipeline, "main")).containsExactly(order("a", 1));
  }

  private SnapshotId commit() {
    CuratedTable table = lake.table(pipeline);
    CommitOutcome outcome =
        table.commit(table.stage(table.head(), List.of(lake.land(pipeline, "1", order("a", 1)))));
    return ((CommitOutcome.Committed) outcome).snapshot();
  }

  private List<String> handle(SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return handler.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private static SQSEvent shipped() throws IOException {
    Path file = Path.of(System.getProperty("sluice.root"), "infra/events/gate.json");
    return JSON.readValue(Files.readAllBytes(file), SQSEvent.class);
  }

  private String body(SnapshotId snapshot) {
    return SnapshotAuditedJson.write(new SnapshotAudited(pipeline.name(), snapshot));
  }

  private static SQSMessage message(String id, String group, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    message.setAttributes(Map.of("MessageGroupId", group));
    return message;
  }
}
