package io.sluice.aws.sqs;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsFailures;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.Announcer;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A queue of SQS.
 *
 * @param <M> the message
 */
public final class SqsAnnouncer<M> implements Announcer<M> {
  private final SqsClient client;
  private final URI queue;
  private final Function<M, SendMessageRequest.Builder> request;

  private SqsAnnouncer(
      AwsClients clients, URI queue, Function<M, SendMessageRequest.Builder> request) {
    this.client = clients.sqs();
    this.queue = queue;
    this.request = request;
  }

  /**
   * A standard queue: no order.
   *
   * @param queue the queue's URL
   * @param body the message as text
   */
  public static <M> SqsAnnouncer<M> standard(
      AwsClients clients, URI queue, Function<M, String> body) {
    return new SqsAnnouncer<>(
        clients, queue, message -> SendMessageRequest.builder().messageBody(body.apply(message)));
  }

  /**
   * A FIFO queue: the messages of one pipeline stay in order.
   *
   * @param queue the queue's URL
   * @param body the message as text
   * @param group the pipeline that a message belongs to
   * @param deduplicationId a new one each time: SQS swallows an id that it has seen within five
   *     minutes, and a message that is announced again is meant to arrive again
   */
  public static <M> SqsAnnouncer<M> fifo(
      AwsClients clients,
      URI queue,
      Function<M, String> body,
      Function<M, PipelineName> group,
      Supplier<String> deduplicationId) {
    return new SqsAnnouncer<>(
        clients,
        queue,
        message ->
            SendMessageRequest.builder()
                .messageBody(body.apply(message))
                .messageGroupId(group.apply(message).value())
                .messageDeduplicationId(deduplicationId.get()));
  }

  @Override
  public void announce(M message) {
    SendMessageRequest send = request.apply(message).queueUrl(queue.toString()).build();
    try {
      client.sendMessage(send);
    } catch (SdkException e) {
      throw AwsFailures.of("announce to " + queue, e);
    }
  }
}
