package io.sluice.local.cloud.queue;

import io.sluice.aws.client.SteadyHttpClient;
import io.sluice.core.failure.TransientFailure;
import io.sluice.local.cloud.template.QueueDeclaration;
import io.sluice.local.cloud.template.Template;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** SQS on the loopback interface, with the queues of a template. */
public final class QueueServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsClient client;
  private final Map<String, String> urls = new LinkedHashMap<>();

  private QueueServer(SQSRestServer server, int port) {
    this.server = server;
    endpoint = URI.create("http://" + LOOPBACK + ":" + port);
    client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(Template.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("sluice", "sluice")))
            .httpClientBuilder(SteadyHttpClient.builder())
            .build();
  }

  /**
   * Starts to serve {@code queues}, all empty.
   *
   * @param port 0 for any that is free
   */
  public static QueueServer start(int port, List<QueueDeclaration> queues) {
    TheSQSRestServerBuilder builder =
        SQSRestServerBuilder.withInterface(LOOPBACK)
            .withAWSRegion(Template.REGION)
            .withAWSAccountId(Template.ACCOUNT);
    SQSRestServer rest =
        (port == 0
                ? builder.withDynamicPort()
                : builder
                    .withPort(port)
                    .withServerAddress(new NodeAddress("http", LOOPBACK, port, "")))
            .start();
    QueueServer server = new QueueServer(rest, bound(rest, port));
    queues.stream()
        .sorted(Comparator.comparing(queue -> queue.redrive().isPresent()))
        .forEach(server::create);
    return server;
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** A client of it. */
  public SqsClient client() {
    return client;
  }

  /** The URL of a queue, by its id in the template. */
  public String url(String id) {
    String url = urls.get(id);
    if (url == null) {
      throw new IllegalArgumentException("Queue does not exist: " + id);
    }
    return url;
  }

  /** How many messages a queue holds: waiting, delayed and in flight. */
  public int depth(String id) {
    return client
        .getQueueAttributes(request -> request.queueUrl(url(id)).attributeNames(COUNTS))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** The ARN of a queue. */
  public static String arn(QueueDeclaration queue) {
    return "arn:aws:sqs:" + Template.REGION + ":" + Template.ACCOUNT + ":" + queue.name();
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }

  private void create(QueueDeclaration queue) {
    Map<String, String> attributes = new LinkedHashMap<>(queue.attributes());
    queue
        .redrive()
        .ifPresent(
            redrive ->
                attributes.put(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                        .formatted(arnOf(redrive.deadLetterQueue()), redrive.maxReceiveCount())));
    urls.put(
        queue.id(),
        client
            .createQueue(
                request -> request.queueName(queue.name()).attributesWithStrings(attributes))
            .queueUrl());
  }

  private String arnOf(String id) {
    String url = url(id);
    return "arn:aws:sqs:%s:%s:%s"
        .formatted(Template.REGION, Template.ACCOUNT, url.substring(url.lastIndexOf('/') + 1));
  }

  private static int bound(SQSRestServer server, int port) {
    try {
      InetSocketAddress address = server.waitUntilStarted().localAddress();
      return address.getPort();
    } catch (RuntimeException e) {
      for (Throwable each = e; each != null; each = each.getCause()) {
        if (each instanceof BindException) {
          throw new TransientFailure("Cannot start SQS: port " + port + " is in use", e);
        }
      }
      throw new TransientFailure("Cannot start SQS: " + e.getMessage(), e);
    }
  }
}
