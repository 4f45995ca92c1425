package io.sluice.local.cloud.event;

import io.sluice.core.failure.TransientFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What makes it useless to go on: the first sentence that anybody reported, or nothing. */
public final class Breakdown {
  private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());

  /** Says why nothing can go on; only the first reason counts. */
  public void report(String sentence) {
    reason.compareAndSet(Optional.empty(), Optional.of(sentence));
  }

  /** The reason, when there is one. */
  public Optional<String> reason() {
    return reason.get();
  }

  /** Throws the reason, when there is one. */
  public void check() {
    Optional<String> sentence = reason.get();
    if (sentence.isPresent()) {
      throw new TransientFailure(sentence.get());
    }
  }
}
