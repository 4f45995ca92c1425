package io.sluice.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Whether the messages of a group are processed as they come, or come again later with more.
 *
 * @param delay how long messages wait; zero when they wait no longer
 * @param postponement what puts them back
 * @param <M> a message that was read
 */
public record Patience<M>(Function<List<M>, Duration> delay, Postponement postponement) {
  /** Takes back messages that were received. */
  @FunctionalInterface
  public interface Postponement {
    /**
     * Has the messages with these receipt handles received again after {@code delay}.
     *
     * @throws io.sluice.core.failure.TransientFailure when the queue cannot be told: they come
     *     again after its visibility timeout
     */
    void postpone(List<String> receiptHandles, Duration delay);
  }

  /** Processes whatever comes. */
  static <M> Patience<M> none() {
    return new Patience<>(ignored -> Duration.ZERO, (handles, delay) -> {});
  }
}
