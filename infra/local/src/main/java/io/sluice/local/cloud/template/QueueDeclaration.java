package io.sluice.local.cloud.template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code AWS::SQS::Queue}.
 *
 * @param name what the queue is called where the template runs
 * @param attributes as the SQS API takes them, without the redrive policy
 */
public record QueueDeclaration(
    String id,
    String name,
    boolean fifo,
    Duration visibilityTimeout,
    Map<String, String> attributes,
    Optional<Redrive> redrive) {
  /** Copies the attributes. */
  public QueueDeclaration {
    attributes = Map.copyOf(attributes);
  }

  /** Where messages go that were received too often. */
  public record Redrive(String deadLetterQueue, int maxReceiveCount) {}
}
