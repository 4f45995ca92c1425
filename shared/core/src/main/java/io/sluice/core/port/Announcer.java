package io.sluice.core.port;

/**
 * Hands a message to the next stage. At least once: the receiver must bear duplicates. Throws
 * {@link io.sluice.core.failure.TransientFailure} when the queue cannot take it.
 *
 * @param <M> the message
 */
@FunctionalInterface
public interface Announcer<M> {
  /** Returns when the message is safe. */
  void announce(M message);
}
