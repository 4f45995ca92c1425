package io.sluice.local.cloud.template;

import java.util.List;

/**
 * A topic of the template.
 *
 * @param subscriptions the queues that get its messages
 */
public record TopicDeclaration(String id, String name, List<Subscription> subscriptions) {
  /** Copies the subscriptions. */
  public TopicDeclaration {
    subscriptions = List.copyOf(subscriptions);
  }

  /** The topic's ARN. */
  public String arn() {
    return "arn:aws:sns:" + Template.REGION + ":" + Template.ACCOUNT + ":" + name;
  }

  /**
   * A queue, by its id in the template.
   *
   * @param raw whether it gets the message alone, without what SNS says of it
   */
  public record Subscription(String queue, boolean raw) {}
}
