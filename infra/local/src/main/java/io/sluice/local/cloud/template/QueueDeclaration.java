package io.sluice.local.cloud.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code AWS::SQS::Queue}.
 *
 * @param name what the queue is called where the template runs
 * @param attributes as the SQS API takes them, without the redrive policy
 * @param redrives its redrive policy, if it has one
 */
public record QueueDeclaration(
    String id,
    String name,
    boolean fifo,
    Duration visibilityTimeout,
    Map<String, String> attributes,
    List<Redrive> redrives) {
  /** Copies the attributes. */
  public QueueDeclaration {
    attributes = Map.copyOf(attributes);
    redrives = List.copyOf(redrives);
  }

  /** Its redrive policy, if it has one. */
  public Optional<Redrive> redrive() {
    return redrives.stream().findFirst();
  }

  /** Where messages go that were received too often. */
  public record Redrive(String deadLetterQueue, int maxReceiveCount) {}
}
