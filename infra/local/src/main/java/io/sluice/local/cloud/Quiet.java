package io.sluice.local.cloud;

import io.sluice.core.failure.TransientFailure;
import io.sluice.local.cloud.event.Breakdown;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.lambda.DeadLetters;
import io.sluice.local.cloud.lambda.EventSourceMapping;
import io.sluice.local.cloud.queue.QueueServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Tells when all work is done. The queues are looked at one after the other, upstream first, and a
 * stage may put a message behind our back into a queue that was already seen empty; so they must be
 * seen empty twice, with no batch received or settled from before the first look until after the
 * last.
 */
final class Quiet {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** The numbers change faster than anybody reads. */
  private static final Duration TOLD_PAUSE = Duration.ofSeconds(1);

  private final List<EventSourceMapping> mappings;
  private final QueueServer queues;
  private final DeadLetters deadLetters;
  private final Breakdown breakdown;
  private final Consumer<CloudEvent> listener;
  private final InstantSource clock;

  Quiet(
      List<EventSourceMapping> mappings,
      QueueServer queues,
      DeadLetters deadLetters,
      Breakdown breakdown,
      Consumer<CloudEvent> listener,
      InstantSource clock) {
    this.mappings = mappings;
    this.queues = queues;
    this.deadLetters = deadLetters;
    this.breakdown = breakdown;
    this.listener = listener;
    this.clock = clock;
  }

  void await(Duration timeout) {
    Instant deadline = clock.instant().plus(timeout);
    Map<String, Integer> told = Map.of();
    Instant toldAt = Instant.MIN;
    while (true) {
      breakdown.check();
      long before = movements();
      Map<String, Integer> held = held();
      deadLetters.take();
      Instant now = clock.instant();
      if (!held.equals(told) && now.isAfter(toldAt.plus(TOLD_PAUSE))) {
        listener.accept(new CloudEvent.QueuesHold(held));
        told = held;
        toldAt = now;
      }
      if (isEmpty(held) && isEmpty(held()) && movements() == before) {
        deadLetters.take();
        breakdown.check();
        return;
      }
      if (now.isAfter(deadline)) {
        throw new TransientFailure(
            "Cannot finish within %d s: messages are left, %s"
                .formatted(timeout.toSeconds(), held));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new TransientFailure("Cannot finish: interrupted");
      }
    }
  }

  private Map<String, Integer> held() {
    Map<String, Integer> held = new LinkedHashMap<>();
    for (EventSourceMapping each : mappings) {
      held.put(each.queue().id(), queues.depth(each.queue().id()));
    }
    return held;
  }

  private long movements() {
    return mappings.stream().mapToLong(EventSourceMapping::movements).sum();
  }

  private static boolean isEmpty(Map<String, Integer> held) {
    return held.values().stream().allMatch(count -> count == 0);
  }
}
