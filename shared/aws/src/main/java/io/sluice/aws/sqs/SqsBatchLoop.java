package io.sluice.aws.sqs;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes a batch of SQS messages apart, and answers which of them failed.
 *
 * <p>An {@link InvalidMessage} fails alone: no attempt can make it true, and nobody behind it waits
 * for it. Any other failure, a bug too, stops the FIFO group: the message and all after it in the
 * group fail, since they may build on it. Messages of a standard queue are groups of one.
 *
 * <p>A message is read before it is processed: reading parses the text and checks whatever makes
 * the message valid, and must have no effect. An {@link IllegalArgumentException} while reading
 * makes an invalid message.
 */
public final class SqsBatchLoop {
  private static final Logger LOG = Logger.getLogger(SqsBatchLoop.class);
  private static final String GROUP = "MessageGroupId";

  private final String stage;

  /** The loop of one stage, whose name stands on every log line. */
  public SqsBatchLoop(String stage) {
    this.stage = stage;
  }

  /** Calls {@code process} once for each message, in order. */
  public <M> SQSBatchResponse perMessage(
      SQSEvent event, Function<String, M> read, Consumer<M> process) {
    Set<String> failed = new HashSet<>();
    groups(event)
        .values()
        .forEach(group -> oneByOne(group, message -> process.accept(read(message, read)), failed));
    return response(event, failed);
  }

  /**
   * Calls {@code process} once for each group, with all its valid messages in order, up to the
   * first that could not be read for another reason. When that call finds a message invalid, the
   * group is processed again one by one, so that the others get through: {@code process} must bear
   * repetition.
   */
  public <M> SQSBatchResponse perGroup(
      SQSEvent event, Function<String, M> read, Consumer<List<M>> process) {
    return perGroup(event, read, Patience.none(), process);
  }

  /**
   * As {@link #perGroup(SQSEvent, Function, Consumer)}, but a group that {@code patience} wants to
   * come again with more is put back for so long, and fails without having been processed. Each
   * time counts as a receive for the queue's redrive policy.
   */
  public <M> SQSBatchResponse perGroup(
      SQSEvent event, Function<String, M> read, Patience<M> patience, Consumer<List<M>> process) {
    Set<String> failed = new HashSet<>();
    groups(event).values().forEach(group -> together(group, read, patience, process, failed));
    return response(event, failed);
  }

  private <M> void together(
      List<SQSMessage> group,
      Function<String, M> read,
      Patience<M> patience,
      Consumer<List<M>> process,
      Set<String> failed) {
    List<Parsed<M>> parsed = new ArrayList<>();
    oneByOne(group, message -> parsed.add(new Parsed<>(message, read(message, read))), failed);
    if (parsed.isEmpty()) {
      return;
    }
    Attempt attempt =
        attempt(
            parsed.getFirst().message(),
            () -> {
              if (isPutBack(parsed, patience)) {
                return Attempt.STOPPED;
              }
              together(parsed, process, failed);
              return Attempt.DONE;
            });
    if (attempt != Attempt.DONE) {
      parsed.forEach(each -> failed.add(each.message().getMessageId()));
    }
  }

  private static <M> boolean isPutBack(List<Parsed<M>> parsed, Patience<M> patience) {
    Duration wait = patience.delay().apply(parsed.stream().map(Parsed::content).toList());
    if (!wait.isPositive()) {
      return false;
    }
    patience
        .postponement()
        .postpone(parsed.stream().map(each -> each.message().getReceiptHandle()).toList(), wait);
    LogKey.REASON.put("They wait " + wait + " for others");
    LOG.info("Messages are put back");
    return true;
  }

  private <M> void together(List<Parsed<M>> parsed, Consumer<List<M>> process, Set<String> failed) {
    try {
      process.accept(parsed.stream().map(Parsed::content).toList());
    } catch (InvalidMessage e) {
      if (parsed.size() == 1) {
        throw e;
      }
      oneByOne(parsed, Parsed::message, each -> process.accept(List.of(each.content())), failed);
    }
  }

  private record Parsed<M>(SQSMessage message, M content) {}

  private void oneByOne(List<SQSMessage> group, Consumer<SQSMessage> work, Set<String> failed) {
    oneByOne(group, Function.identity(), work, failed);
  }

  /** Does {@code work} for each in order; after a stop the rest fails untouched. */
  private <T> void oneByOne(
      List<T> group, Function<T, SQSMessage> message, Consumer<T> work, Set<String> failed) {
    boolean stopped = false;
    for (T each : group) {
      Attempt attempt =
          stopped
              ? Attempt.STOPPED
              : attempt(
                  message.apply(each),
                  () -> {
                    work.accept(each);
                    return Attempt.DONE;
                  });
      stopped = attempt == Attempt.STOPPED;
      if (attempt != Attempt.DONE) {
        failed.add(message.apply(each).getMessageId());
      }
    }
  }

  private enum Attempt {
    DONE,
    INVALID,
    STOPPED
  }

  /** The only place that catches what no stage may catch, and the only one that logs it. */
  private Attempt attempt(SQSMessage message, Supplier<Attempt> work) {
    LogKey.STAGE.put(stage);
    LogKey.MESSAGE.put(message.getMessageId());
    String group = group(message);
    if (!group.isEmpty()) {
      LogKey.PIPELINE.put(group);
    }
    try {
      return work.get();
    } catch (Failure e) {
      return explained(e);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LogKey.FAILURE.put("Bug");
      LOG.error("Message met a bug and will come again", e);
      return Attempt.STOPPED;
    } finally {
      LogKey.clearAll();
    }
  }

  private static Attempt explained(Failure failure) {
    LogKey.FAILURE.put(failure.getClass().getSimpleName());
    LogKey.REASON.put(String.valueOf(failure.getMessage()));
    return switch (failure) {
      case InvalidMessage ignored -> {
        LOG.error("Message is invalid");
        yield Attempt.INVALID;
      }
      case ConfigurationFailure ignored -> {
        LOG.error("Message cannot be processed as things are configured");
        yield Attempt.STOPPED;
      }
      case TransientFailure ignored -> {
        LOG.warn("Message failed and will come again");
        yield Attempt.STOPPED;
      }
      case UnknownOutcome ignored -> {
        LOG.warn("Message has an unknown outcome and will come again");
        yield Attempt.STOPPED;
      }
    };
  }

  private static <M> M read(SQSMessage message, Function<String, M> read) {
    try {
      return read.apply(message.getBody());
    } catch (IllegalArgumentException e) {
      throw new InvalidMessage(String.valueOf(e.getMessage()), e);
    }
  }

  /** The messages of each group in order; the groups in order of their first messages. */
  private static Map<String, List<SQSMessage>> groups(SQSEvent event) {
    Map<String, List<SQSMessage>> groups = new LinkedHashMap<>();
    for (SQSMessage message : event.getRecords()) {
      String group = group(message);
      String key = group.isEmpty() ? "message " + message.getMessageId() : "group " + group;
      groups.computeIfAbsent(key, ignored -> new ArrayList<>()).add(message);
    }
    return groups;
  }

  private static String group(SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    return attributes == null ? "" : attributes.getOrDefault(GROUP, "");
  }

  private static SQSBatchResponse response(SQSEvent event, Set<String> failed) {
    List<BatchItemFailure> failures =
        event.getRecords().stream()
            .map(SQSMessage::getMessageId)
            .filter(failed::contains)
            .distinct()
            .map(BatchItemFailure::new)
            .toList();
    return new SQSBatchResponse(failures);
  }
}
