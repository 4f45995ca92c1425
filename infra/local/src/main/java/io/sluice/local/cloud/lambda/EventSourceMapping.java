package io.sluice.local.cloud.lambda;

import io.sluice.local.cloud.event.Breakdown;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.queue.QueueServer;
import io.sluice.local.cloud.template.FunctionDeclaration.EventSource;
import io.sluice.local.cloud.template.QueueDeclaration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Feeds one function from one queue, with the rules of Lambda: a message that an answer does not
 * call failed is deleted; an invocation without a proper answer fails all its messages; what failed
 * comes back, each receive counting, until the queue's redrive policy takes it away.
 *
 * <p>Two things differ from AWS. What failed comes back after seconds and not after the visibility
 * timeout, so that a run ends soon. And a process that was killed from outside is a fault of the
 * machine: the same messages are given to a new process at once, and not counted as received, as
 * Lambda's pollers retry when the service fails.
 */
public final class EventSourceMapping {
  /**
   * So often is a batch given to a new process before its loss counts as the function's failure;
   * beyond any plausible string of accidents, below what hides a function that exhausts the
   * machine.
   */
  private static final int MAX_KILLS = 16;

  /** Long enough for a fault to pass, short enough to wait for. */
  private static final int MAX_BACKOFF_SECONDS = 5;

  /** How long a receive waits for a message; closing waits for it. */
  private static final int POLL_SECONDS = 1;

  private final EventSource source;
  private final QueueDeclaration queue;
  private final LambdaFunction function;
  private final QueueServer queues;
  private final Consumer<CloudEvent> listener;
  private final Breakdown breakdown;
  private final InstantSource clock;
  private final Map<String, String> lastReasons = new ConcurrentHashMap<>();
  private final AtomicLong handled = new AtomicLong();
  private volatile boolean closed;

  /** A mapping that does nothing before it is {@link #start started}. */
  public EventSourceMapping(
      EventSource source,
      QueueDeclaration queue,
      LambdaFunction function,
      QueueServer queues,
      Consumer<CloudEvent> listener,
      Breakdown breakdown,
      InstantSource clock) {
    this.source = source;
    this.queue = queue;
    this.function = function;
    this.queues = queues;
    this.listener = listener;
    this.breakdown = breakdown;
    this.clock = clock;
  }

  /** Polls until it is closed or the cloud has broken down. */
  public void start() {
    Thread.ofPlatform().daemon().name("poll-" + queue.id()).start(this::poll);
  }

  /** The queue that it polls. */
  public QueueDeclaration queue() {
    return queue;
  }

  /** Grows with every batch that is received and with every one that is settled. */
  public long movements() {
    return handled.get();
  }

  /** What was said when a message of this queue last failed. */
  public String lastReason(String messageId) {
    return lastReasons.getOrDefault(messageId, "it was never answered");
  }

  /** Receives no more. */
  public void stop() {
    closed = true;
  }

  private void poll() {
    try {
      while (!closed && breakdown.reason().isEmpty()) {
        List<Message> batch = receive();
        if (!batch.isEmpty()) {
          handled.incrementAndGet();
          handle(batch);
          handled.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SdkException e) {
      if (!closed) {
        breakdown.report("Cannot poll " + queue.id() + ": " + e.getMessage());
      }
    } catch (RuntimeException e) {
      breakdown.report("Cannot run " + function.status().name() + ": " + e.getMessage());
    }
  }

  private List<Message> receive() {
    return client()
        .receiveMessage(
            request ->
                request
                    .queueUrl(queues.url(queue.id()))
                    .maxNumberOfMessages(source.batchSize())
                    .waitTimeSeconds(POLL_SECONDS)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  private void handle(List<Message> batch) throws InterruptedException {
    Instant started = clock.instant();
    InvocationResult result = function.invoke(SqsEvent.of(QueueServer.arn(queue), batch));
    for (int kills = 1; result instanceof InvocationResult.Killed && kills < MAX_KILLS; kills++) {
      if (closed) {
        return;
      }
      batch.forEach(each -> hide(each, queue.visibilityTimeout()));
      result = function.invoke(SqsEvent.of(QueueServer.arn(queue), batch));
    }
    if (closed && !(result instanceof InvocationResult.Answered)) {
      return;
    }
    if (result instanceof InvocationResult.Answered(var response)) {
      answered(batch, response, Duration.between(started, clock.instant()));
    } else {
      failed(batch, result.reason());
    }
  }

  private void answered(List<Message> batch, String response, Duration took) {
    if (!source.reportsItemFailures()) {
      settle(batch, Set.of(), "");
      return;
    }
    Set<String> ids = batch.stream().map(Message::messageId).collect(Collectors.toSet());
    switch (BatchReport.read(response, ids)) {
      case BatchReport.Malformed(var reason) -> failed(batch, reason);
      case BatchReport.Failures(var failed) -> {
        settle(batch, failed, "the function reported it as failed");
        listener.accept(
            new CloudEvent.InvocationAnswered(
                function.status().name(), batch.size(), failed.size(), took));
      }
    }
  }

  private void failed(List<Message> batch, String reason) {
    listener.accept(
        new CloudEvent.InvocationFailed(function.status().name(), batch.size(), reason));
    settle(batch, batch.stream().map(Message::messageId).collect(Collectors.toSet()), reason);
  }

  private void settle(List<Message> batch, Set<String> failed, String reason) {
    int receives =
        batch.stream()
            .filter(each -> failed.contains(each.messageId()))
            .mapToInt(EventSourceMapping::receives)
            .max()
            .orElse(0);
    for (Message each : batch) {
      if (failed.contains(each.messageId())) {
        lastReasons.put(each.messageId(), reason);
        hide(each, Duration.ofSeconds(backoffSeconds(receives)));
      } else {
        lastReasons.remove(each.messageId());
        client()
            .deleteMessage(
                request ->
                    request.queueUrl(queues.url(queue.id())).receiptHandle(each.receiptHandle()));
      }
    }
  }

  /**
   * One, one, two, four seconds, … all messages of a batch the same, so that a FIFO group comes
   * back in order; nothing before the receive that sends them to the dead-letter queue.
   */
  private int backoffSeconds(int receives) {
    boolean last = queue.redrive().map(each -> receives >= each.maxReceiveCount()).orElse(false);
    return last ? 0 : Math.min(MAX_BACKOFF_SECONDS, 1 << Math.clamp(receives - 2, 0, 3));
  }

  private void hide(Message message, Duration duration) {
    client()
        .changeMessageVisibility(
            request ->
                request
                    .queueUrl(queues.url(queue.id()))
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout((int) duration.toSeconds()));
  }

  private SqsClient client() {
    return queues.client();
  }

  private static int receives(Message message) {
    return Integer.parseInt(
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
  }
}
