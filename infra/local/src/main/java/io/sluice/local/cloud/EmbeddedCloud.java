package io.sluice.local.cloud;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.cloud.event.Breakdown;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.event.DeadLetter;
import io.sluice.local.cloud.event.FunctionStatus;
import io.sluice.local.cloud.lambda.DeadLetters;
import io.sluice.local.cloud.lambda.EventSourceMapping;
import io.sluice.local.cloud.lambda.FunctionSettings;
import io.sluice.local.cloud.lambda.LambdaFunction;
import io.sluice.local.cloud.queue.QueueServer;
import io.sluice.local.cloud.storage.ObjectCreation;
import io.sluice.local.cloud.storage.ObjectServer;
import io.sluice.local.cloud.template.Attributes;
import io.sluice.local.cloud.template.BucketDeclaration;
import io.sluice.local.cloud.template.FunctionDeclaration;
import io.sluice.local.cloud.template.FunctionDeclaration.EventSource;
import io.sluice.local.cloud.template.QueueDeclaration;
import io.sluice.local.cloud.template.Template;
import io.sluice.local.cloud.template.TopicDeclaration;
import io.sluice.local.cloud.topic.TopicServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Everything that {@code sam-template.yaml} declares, on this machine: buckets over the lake's
 * folder, queues in memory, functions as processes made of their built packages. What is in the
 * lake stays; messages do not outlive the cloud, but {@link #announceAgain} can bring them back
 * from the objects that they announced. A function whose declared environment has an {@code
 * AWS_ENDPOINT_URL_…} of its own goes there and not to the cloud's servers.
 */
public final class EmbeddedCloud implements AutoCloseable {
  /** The region that everything is in. */
  public static final String REGION = Template.REGION;

  /** The access key that S3 and SQS take; they take any. */
  public static final String ACCESS_KEY = "sluice";

  /** The secret key that S3 and SQS take; they take any. */
  public static final String SECRET_KEY = "sluice";

  private final Template template;
  private final RegistryAccess registry;
  private final Lake.Held held;
  private final Breakdown breakdown = new Breakdown();
  private final CompletableFuture<QueueServer> queues;
  private final ObjectServer objects;
  private final TopicServer topics;
  private final List<LambdaFunction> functions = new ArrayList<>();
  private final List<EventSourceMapping> mappings = new ArrayList<>();
  private final DeadLetters deadLetters;
  private final Quiet quiet;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedCloud(
      CloudSettings settings,
      Template template,
      Lake.Held held,
      Consumer<CloudEvent> listener,
      InstantSource clock) {
    this.template = template;
    this.registry = settings.registry();
    this.held = held;
    List<QueueDeclaration> declared = template.queues();
    queues = CompletableFuture.supplyAsync(() -> QueueServer.start(settings.sqsPort(), declared));
    try {
      objects =
          ObjectServer.start(
              held.lake().objects(), settings.s3Port(), this::announce, breakdown, clock);
    } catch (RuntimeException e) {
      closeQueues();
      throw e;
    }
    try {
      template.buckets().forEach(bucket -> objects.createBucket(bucket.name()));
      QueueServer started = started();
      topics = TopicServer.start(template.topics(), started, clock);
      for (FunctionDeclaration each : template.functions()) {
        run(each, settings, started, listener, clock);
      }
      deadLetters = new DeadLetters(mappings, started, listener);
      quiet = new Quiet(mappings, started, deadLetters, breakdown, listener, clock);
    } catch (RuntimeException e) {
      objects.close();
      closeQueues();
      throw e;
    }
    mappings.forEach(EventSourceMapping::start);
  }

  /**
   * Starts the cloud; functions start at their first events.
   *
   * @param listener hears of what happens, from many threads
   * @throws io.sluice.core.failure.ConfigurationFailure when the lake or the template cannot be
   *     used, or a function is not built
   * @throws io.sluice.core.failure.TransientFailure when the lake is in use, a port is, or the disk
   *     is full
   */
  public static EmbeddedCloud start(CloudSettings settings, Consumer<CloudEvent> listener) {
    QuietLogging.apply();
    Lake.Held held = Lake.hold(settings.lake());
    try {
      RegistryAccess registry = settings.registry();
      Template template =
          Template.read(
              settings.root(),
              Map.of(
                  "CatalogKind", "jdbc",
                  "CatalogUri", held.lake().catalogUri(),
                  // What is run here has all its input at once.
                  "LongestWait", "PT0S",
                  "RegistryAddress", registry.address(),
                  "RegistryUser", registry.user(),
                  "RegistryPassword", registry.password(),
                  "RegistryAuthorities", registry.authorities()));
      return new EmbeddedCloud(settings, template, held, listener, InstantSource.system());
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  /** Where S3 listens. */
  public URI s3Endpoint() {
    return objects.endpoint();
  }

  /** Where SQS listens. */
  public URI sqsEndpoint() {
    return started().endpoint();
  }

  /** A client of S3. */
  public S3Client s3() {
    return objects.client();
  }

  /** What the bucket with this id in the template is called here. */
  public String bucket(String id) {
    return LocalStorage.bucket(template, id);
  }

  /** Who its functions are to a schema registry. */
  public RegistryAccess registry() {
    return registry;
  }

  /** The JDBC address of the catalog. */
  public String catalogUri() {
    return held.lake().catalogUri();
  }

  /** Makes a bucket that the template does not declare, unless it is there. */
  public void createBucket(String name) {
    objects.createBucket(name);
  }

  /** Sends the notification of an object that is there once more, as S3 may at any time. */
  public void announceAgain(String bucket, String key) {
    announce(objects.creation(bucket, key));
  }

  /** Sends a message to the FIFO queue with this id in the template. */
  public void send(String queue, String group, String body) {
    QueueServer server = started();
    server
        .client()
        .sendMessage(
            request ->
                request
                    .queueUrl(server.url(queue))
                    .messageGroupId(group)
                    .messageDeduplicationId(UUID.randomUUID().toString())
                    .messageBody(body));
  }

  /**
   * Returns when no message is left, waiting or at work; dead letters do not count.
   *
   * @throws io.sluice.core.failure.TransientFailure when that takes longer than {@code timeout}, or
   *     as soon as it is clear that it can never be
   */
  public void awaitQuiet(Duration timeout) {
    quiet.await(timeout);
  }

  /** All messages that were given up since the start. */
  public List<DeadLetter> deadLetters() {
    return deadLetters.take();
  }

  /** How the functions stand. */
  public List<FunctionStatus> functions() {
    return functions.stream().map(LambdaFunction::status).toList();
  }

  /** Ends all processes and servers. Work that was under way is taken up again by the next run. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    mappings.forEach(EventSourceMapping::stop);
    var ends = functions.stream().map(each -> CompletableFuture.runAsync(each::close)).toList();
    ends.forEach(CompletableFuture::join);
    topics.close();
    var stopped = CompletableFuture.runAsync(this::closeQueues);
    objects.close();
    stopped.join();
    held.close();
  }

  private void announce(ObjectCreation creation) {
    for (BucketDeclaration bucket : template.buckets()) {
      if (!bucket.name().equals(creation.bucket())) {
        continue;
      }
      for (BucketDeclaration.Notification each : bucket.notifications()) {
        if (each.covers(creation.event(), creation.key())) {
          QueueServer server = started();
          server
              .client()
              .sendMessage(
                  request ->
                      request.queueUrl(server.url(each.queue())).messageBody(creation.message()));
        }
      }
    }
  }

  private void run(
      FunctionDeclaration declaration,
      CloudSettings settings,
      QueueServer server,
      Consumer<CloudEvent> listener,
      InstantSource clock) {
    Map<String, String> variables =
        new LinkedHashMap<>(template.environment(declaration, this::attribute));
    variables.putIfAbsent("AWS_ENDPOINT_URL_S3", objects.endpoint().toString());
    variables.putIfAbsent("AWS_ENDPOINT_URL_SQS", server.endpoint().toString());
    variables.putIfAbsent("AWS_ENDPOINT_URL_SNS", topics.endpoint().toString());
    LambdaFunction function =
        new LambdaFunction(
            new FunctionSettings(
                declaration,
                template.root().resolve(declaration.codeUri()),
                settings.layerJars(),
                variables,
                held.lake().log(declaration.id()),
                held.lake().temporary(declaration.id())),
            listener,
            breakdown,
            clock,
            () -> UUID.randomUUID().toString());
    functions.add(function);
    for (EventSource each : declaration.sources()) {
      mappings.add(
          new EventSourceMapping(
              each, queue(each.queue()), function, server, listener, breakdown, clock));
    }
  }

  private QueueDeclaration queue(String id) {
    return template.queues().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Queue does not exist: " + id));
  }

  private String attribute(String id, String attribute) {
    Optional<TopicDeclaration> topic =
        template.topics().stream().filter(each -> each.id().equals(id)).findFirst();
    if (topic.isPresent()) {
      return topic.get().arn();
    }
    boolean isQueue = template.queues().stream().anyMatch(each -> each.id().equals(id));
    return switch (attribute) {
      case Attributes.REF -> isQueue ? started().url(id) : bucket(id);
      case "Arn" -> isQueue ? QueueServer.arn(queue(id)) : "arn:aws:s3:::" + bucket(id);
      default -> throw new IllegalArgumentException("Invalid reference: " + id + "." + attribute);
    };
  }

  private QueueServer started() {
    try {
      return queues.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void closeQueues() {
    queues
        .handle((server, failure) -> Optional.ofNullable(server))
        .join()
        .ifPresent(QueueServer::close);
  }
}
