package io.sluice.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsEndpoints;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.Failure;
import io.sluice.core.id.PipelineName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsAnnouncerTest {
  private static final PipelineName PIPELINE = new PipelineName("earthquakes");

  private final SQSRestServer server = SQSRestServerBuilder.withDynamicPort().start();
  private final AwsClients clients = clients(server.waitUntilStarted().localAddress().getPort());

  @AfterEach
  void stop() {
    clients.close();
    server.stopAndWait();
  }

  @Test
  void announcesToAStandardQueue() {
    // Given
    URI queue = queue("land", Map.of());

    // When
    SqsAnnouncer.<Integer>standard(clients, queue, number -> "body " + number).announce(7);

    // Then
    assertThat(received(queue)).extracting(Message::body).containsExactly("body 7");
  }

  @Test
  void announcesTheSameMessageAgainToAFifoQueueInOrderOfItsGroup() {
    // Given
    URI queue = queue("curate.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
    Iterator<String> ids = List.of("id-1", "id-2", "id-3").iterator();
    SqsAnnouncer<String> announcer =
        SqsAnnouncer.fifo(clients, queue, body -> body, body -> PIPELINE, ids::next);

    // When
    announcer.announce("a");
    announcer.announce("b");
    announcer.announce("a");

    // Then
    List<Message> received = received(queue);
    assertThat(received).extracting(Message::body).containsExactly("a", "b", "a");
    assertThat(received)
        .extracting(
            message -> message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
        .containsOnly("earthquakes");
  }

  @Test
  void putsMessagesBackSoThatTheyComeInOrderWithThoseBehindThem() {
    // Given
    URI queue = queue("curate.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
    Iterator<String> ids = List.of("id-1", "id-2", "id-3").iterator();
    SqsAnnouncer<String> announcer =
        SqsAnnouncer.fifo(clients, queue, body -> body, body -> PIPELINE, ids::next);
    announcer.announce("a");
    announcer.announce("b");
    List<String> handles = received(queue).stream().map(Message::receiptHandle).toList();

    // When
    new SqsPostponement(clients, queue).postpone(handles, Duration.ofMillis(700));
    announcer.announce("c");

    // Then
    List<String> bodies = new ArrayList<>();
    for (int receive = 0; receive < 5 && bodies.size() < 3; receive++) {
      for (Message message : received(queue, 5)) {
        bodies.add(message.body());
        clients
            .sqs()
            .deleteMessage(
                request ->
                    request.queueUrl(queue.toString()).receiptHandle(message.receiptHandle()));
      }
    }
    assertThat(bodies).containsExactly("a", "b", "c");
  }

  @Test
  void saysWhichMessageCannotBePutBack() {
    // Given
    URI queue = queue("curate.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));

    // Then
    assertThatThrownBy(
            () ->
                new SqsPostponement(clients, queue)
                    .postpone(List.of("no handle"), Duration.ofSeconds(1)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot put messages back on " + queue + ": ");
  }

  @Test
  void saysThatAQueueIsMissing() {
    // Given
    URI queue = queue("land", Map.of()).resolve("nowhere");

    // Then
    assertThatThrownBy(() -> SqsAnnouncer.standard(clients, queue, body -> "x").announce("x"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageStartingWith("Cannot announce to " + queue + ": ");
  }

  private URI queue(String name, Map<QueueAttributeName, String> attributes) {
    return URI.create(
        clients
            .sqs()
            .createQueue(request -> request.queueName(name).attributes(attributes))
            .queueUrl());
  }

  private List<Message> received(URI queue) {
    return received(queue, 0);
  }

  private List<Message> received(URI queue, int waitSeconds) {
    return clients
        .sqs()
        .receiveMessage(
            request ->
                request
                    .queueUrl(queue.toString())
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(waitSeconds)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private static AwsClients clients(int port) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    return new AwsClients(new AwsEndpoints(endpoint, endpoint, "us-east-1", "test", "test"));
  }
}
