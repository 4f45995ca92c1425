package io.sluice.local.cloud.event;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that happened in the embedded cloud. Listeners are called from many threads. */
public sealed interface CloudEvent {
  /** A process of this function asked for its first event, {@code took} after its start. */
  record FunctionStarted(String function, long process, Duration took) implements CloudEvent {}

  /** A process of this function ended, or was ended, before the cloud was closed. */
  record FunctionDied(String function, long process, String reason) implements CloudEvent {}

  /** An invocation was answered; {@code failed} of its messages will be retried. */
  record InvocationAnswered(String function, int messages, int failed, Duration took)
      implements CloudEvent {}

  /** An invocation failed as a whole: all its messages will be retried. */
  record InvocationFailed(String function, int messages, String reason) implements CloudEvent {}

  /** A message was given up. */
  record MessageDeadLettered(DeadLetter letter) implements CloudEvent {}

  /**
   * How many messages each queue holds, waiting or in flight, by its id in the template; told while
   * somebody waits for quiet, when the numbers have changed.
   */
  record QueuesHold(Map<String, Integer> messages) implements CloudEvent {
    /** Copies the numbers, in their order. */
    public QueuesHold {
      messages = Collections.unmodifiableMap(new LinkedHashMap<>(messages));
    }
  }
}
