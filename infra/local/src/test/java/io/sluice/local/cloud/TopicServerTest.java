package io.sluice.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.cloud.queue.QueueServer;
import io.sluice.local.cloud.template.Template;
import io.sluice.local.cloud.template.TopicDeclaration;
import io.sluice.local.cloud.topic.TopicServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.Message;

/** The topics of a template, over AWS's own client. */
class TopicServerTest {
  private static final String TEMPLATE =
      """
      Resources:
        News:
          Type: AWS::SNS::Topic
        Plain:
          Type: AWS::SQS::Queue
        Raw:
          Type: AWS::SQS::Queue
        PlainHearsOfNews:
          Type: AWS::SNS::Subscription
          Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Plain.Arn }
        RawHearsOfNews:
          Type: AWS::SNS::Subscription
          Properties:
            TopicArn: !Ref News
            Protocol: sqs
            Endpoint: !GetAtt Raw.Arn
            RawMessageDelivery: true
      """;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BODY = "{\"pipeline\":\"ö & ü\", \"snapshot\": 12}";

  @Test
  void handsEachMessageToEveryQueueThatIsSubscribed(@TempDir Path root) throws Exception {
    // Given
    Files.writeString(root.resolve(Template.FILE), TEMPLATE);
    Template template = Template.read(root, Map.of());
    TopicDeclaration news = template.topics().getFirst();
    try (QueueServer queues = QueueServer.start(0, template.queues());
        TopicServer topics =
            TopicServer.start(template.topics(), queues, InstantSource.fixed(NOW));
        SnsClient client = client(topics)) {
      // When
      String id = client.publish(it -> it.topicArn(news.arn()).message(BODY)).messageId();

      // Then
      JsonNode envelope = new ObjectMapper().readTree(received(queues, "Plain").getFirst());
      assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
      assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
      assertThat(envelope.path("Message").asText()).isEqualTo(BODY);
      assertThat(envelope.path("Timestamp").asText()).isEqualTo(NOW.toString());
      assertThat(received(queues, "Raw")).containsExactly(BODY);
      assertThatThrownBy(() -> client.publish(it -> it.topicArn(news.arn() + "x").message(BODY)))
          .isInstanceOf(NotFoundException.class);
    }
  }

  private static List<String> received(QueueServer queues, String id) {
    return queues
        .client()
        .receiveMessage(it -> it.queueUrl(queues.url(id)).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  private static SnsClient client(TopicServer topics) {
    return SnsClient.builder()
        .endpointOverride(topics.endpoint())
        .region(Region.of(Template.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("sluice", "sluice")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
