package io.sluice.aws.sns;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsFailures;
import io.sluice.core.port.Announcer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * A standard topic of SNS: every subscriber hears of each message at least once, in no order.
 *
 * @param <M> the message
 */
public final class SnsAnnouncer<M> implements Announcer<M> {
  private final SnsClient client;
  private final String topicArn;
  private final Function<M, String> body;

  /**
   * Messages to one topic.
   *
   * @param body the message as text
   */
  public SnsAnnouncer(AwsClients clients, String topicArn, Function<M, String> body) {
    this.client = clients.configured(SnsClient.builder()).build();
    this.topicArn = topicArn;
    this.body = body;
  }

  @Override
  public void announce(M message) {
    String text = body.apply(message);
    try {
      client.publish(request -> request.topicArn(topicArn).message(text));
    } catch (SdkException e) {
      throw AwsFailures.of("publish to " + topicArn, e);
    }
  }
}
