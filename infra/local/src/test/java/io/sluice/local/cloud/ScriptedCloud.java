package io.sluice.local.cloud;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.scripted.ScriptedHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A cloud with one scripted function behind a standard queue, and one behind a FIFO queue. */
final class ScriptedCloud implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String TEMPLATE =
      """
      Parameters:
        CatalogUri: { Type: String, Default: "" }
      Globals:
        Function:
          Handler: io.sluice.local.cloud.scripted.ScriptedHandler::handleRequest
          MemorySize: 256
          Timeout: 5
      Resources:
        LandingBucket:
          Type: AWS::S3::Bucket
          Properties:
            NotificationConfiguration:
              QueueConfigurations:
                - Event: s3:ObjectCreated:*
                  Queue: !GetAtt EventQueue.Arn
                  Filter: { S3Key: { Rules: [{ Name: prefix, Value: landing/ }] } }
        EventQueue: { Type: AWS::SQS::Queue }
        PlainFunction:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: function.zip
            Events:
              PlainQueue:
                Type: SQS
                Properties:
                  Queue: !GetAtt PlainQueue.Arn
                  BatchSize: 10
                  FunctionResponseTypes: [ReportBatchItemFailures]
        PlainQueue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 30
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt PlainDeadLetterQueue.Arn
              maxReceiveCount: 3
        PlainDeadLetterQueue: { Type: AWS::SQS::Queue }
        OrderedFunction:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: function.zip
            Events:
              OrderedQueue:
                Type: SQS
                Properties:
                  Queue: !GetAtt OrderedQueue.Arn
                  BatchSize: 1
                  FunctionResponseTypes: [ReportBatchItemFailures]
        OrderedQueue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: ordered.fifo
            FifoQueue: true
            VisibilityTimeout: 30
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrderedDeadLetterQueue.Arn
              maxReceiveCount: 3
        OrderedDeadLetterQueue:
          Type: AWS::SQS::Queue
          Properties: { QueueName: ordered-dead-letters.fifo, FifoQueue: true }
      """;

  final List<CloudEvent> events = new CopyOnWriteArrayList<>();
  final EmbeddedCloud cloud;
  final SqsClient sqs;
  private final Path lake;

  private ScriptedCloud(Path root, Path lake) {
    this.lake = lake;
    cloud =
        EmbeddedCloud.start(
            new CloudSettings(lake, root, List.of(), RegistryAccess.NONE, 0, 0), events::add);
    sqs = client(cloud.sqsEndpoint());
  }

  /** Starts a cloud whose root and lake are folders in {@code folder}. */
  static ScriptedCloud start(Path folder) throws IOException {
    return new ScriptedCloud(root(folder), folder.resolve("lake"));
  }

  /** A folder with a template and the package of the function that it names. */
  static Path root(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(root.resolve("sam-template.yaml"), TEMPLATE);
    String entry = ScriptedHandler.class.getName().replace('.', '/') + ".class";
    try (InputStream code =
            Objects.requireNonNull(
                ScriptedHandler.class.getClassLoader().getResourceAsStream(entry));
        ZipOutputStream zip =
            new ZipOutputStream(Files.newOutputStream(root.resolve("function.zip")))) {
      zip.putNextEntry(new ZipEntry(entry));
      code.transferTo(zip);
    }
    return root;
  }

  /** Sends to the standard queue. */
  void send(String body) {
    sqs.sendMessage(request -> request.queueUrl(url("PlainQueue")).messageBody(body));
  }

  /** Sends to the FIFO queue. */
  void send(String group, String body) {
    sqs.sendMessage(
        request ->
            request
                .queueUrl(url("ordered.fifo"))
                .messageGroupId(group)
                .messageDeduplicationId(body.replace(' ', '-'))
                .messageBody(body));
  }

  String url(String name) {
    return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
  }

  /** Waits for quiet, and says what the functions noted of each message, in their order. */
  List<String> records() throws IOException {
    cloud.awaitQuiet(PATIENCE);
    return recordsNow();
  }

  /** What the functions have noted until now. */
  List<String> recordsNow() throws IOException {
    Path file = lake.resolve("objects/records.txt");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  <E extends CloudEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    sqs.close();
    cloud.close();
  }

  private static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
