package io.sluice.aws.sqs;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsFailures;
import io.sluice.core.failure.TransientFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/**
 * Puts messages of one queue back by their visibility. The messages of a FIFO group that are behind
 * them wait with them, and come with them: SQS gives out no message of a group of which one is
 * hidden.
 */
public final class SqsPostponement implements Patience.Postponement {
  private final SqsClient client;
  private final URI queue;

  /** Of the queue that {@code queue} is the URL of. */
  public SqsPostponement(AwsClients clients, URI queue) {
    this.client = clients.sqs();
    this.queue = queue;
  }

  @Override
  public void postpone(List<String> receiptHandles, Duration delay) {
    int seconds = Math.toIntExact(delay.plusMillis(999).toSeconds());
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        IntStream.range(0, receiptHandles.size())
            .mapToObj(
                i ->
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(String.valueOf(i))
                        .receiptHandle(receiptHandles.get(i))
                        .visibilityTimeout(seconds)
                        .build())
            .toList();
    try {
      List<BatchResultErrorEntry> failed =
          client
              .changeMessageVisibilityBatch(
                  request -> request.queueUrl(queue.toString()).entries(entries))
              .failed();
      if (!failed.isEmpty()) {
        throw new TransientFailure(
            "Cannot put messages back on " + queue + ": " + failed.getFirst().message());
      }
    } catch (SdkException e) {
      throw AwsFailures.of("put messages back on " + queue, e);
    }
  }
}
