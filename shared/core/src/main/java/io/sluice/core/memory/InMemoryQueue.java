package io.sluice.core.memory;

import io.sluice.core.port.Announcer;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue in memory that remembers everything announced to it.
 *
 * @param <M> the message
 */
public final class InMemoryQueue<M> implements Announcer<M> {
  private final List<M> messages = new ArrayList<>();

  @Override
  public synchronized void announce(M message) {
    messages.add(message);
  }

  /** All messages so far, oldest first. */
  public synchronized List<M> announced() {
    return List.copyOf(messages);
  }

  /** All messages so far, oldest first, which the queue then forgets. */
  public synchronized List<M> drain() {
    List<M> drained = List.copyOf(messages);
    messages.clear();
    return drained;
  }
}
