package io.sluice.local.cloud.lambda;

import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.event.DeadLetter;
import io.sluice.local.cloud.queue.QueueServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What the redrive policies put away. The queues are in memory only, so their dead letters are
 * taken out and kept here, where all can be seen at once.
 */
public final class DeadLetters {
  private static final int MOST_AT_ONCE = 10;

  private final List<EventSourceMapping> mappings;
  private final QueueServer queues;
  private final Consumer<CloudEvent> listener;
  private final List<DeadLetter> taken = new CopyOnWriteArrayList<>();

  /** The dead letters of the queues that are mapped. */
  public DeadLetters(
      List<EventSourceMapping> mappings, QueueServer queues, Consumer<CloudEvent> listener) {
    this.mappings = List.copyOf(mappings);
    this.queues = queues;
    this.listener = listener;
  }

  /** All dead letters until now, oldest first; new ones are told to the listener. */
  public synchronized List<DeadLetter> take() {
    for (EventSourceMapping each : mappings) {
      each.queue().redrive().ifPresent(redrive -> empty(redrive.deadLetterQueue(), each));
    }
    return List.copyOf(taken);
  }

  private void empty(String deadLetterQueue, EventSourceMapping mapping) {
    String url = queues.url(deadLetterQueue);
    List<Message> messages;
    do {
      messages =
          queues
              .client()
              .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(MOST_AT_ONCE))
              .messages();
      for (Message each : messages) {
        DeadLetter letter =
            new DeadLetter(
                mapping.queue().id(),
                each.messageId(),
                each.body(),
                mapping.lastReason(each.messageId()));
        taken.add(letter);
        queues
            .client()
            .deleteMessage(request -> request.queueUrl(url).receiptHandle(each.receiptHandle()));
        listener.accept(new CloudEvent.MessageDeadLettered(letter));
      }
    } while (!messages.isEmpty());
  }
}
