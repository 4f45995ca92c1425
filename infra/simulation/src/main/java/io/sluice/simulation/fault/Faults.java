package io.sluice.simulation.fault;

import io.sluice.core.failure.TransientFailure;
import io.sluice.simulation.Chance;
import io.sluice.simulation.Trace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides at every call of a port whether something goes wrong, and what. */
public final class Faults {
  /** Whoever works within a call may be disturbed himself, but not without end. */
  private static final int MOST_DEPTH = 2;

  /** The calls are of so many groups; in each world those of one go wrong in particular. */
  private static final int GROUPS = 24;

  /** How often those do: so that one that is rare goes wrong, and some twice in a row. */
  private static final double FOCUSED = 0.3;

  /** Each world has a fault that it prefers where that can happen, so often. */
  private static final double FAVOURED = 0.5;

  private final Chance chance;
  private final Trace trace;
  private final Coverage coverage;
  private final double rate;
  private final int focus;
  private final Fault favourite;
  private final Deque<String> callers = new ArrayDeque<>();
  private Runnable others = () -> {};
  private boolean active = true;

  /** Faults at the share {@code rate} of the calls. */
  public Faults(Chance chance, double rate, Trace trace, Coverage coverage) {
    this.chance = chance;
    this.rate = rate;
    this.focus = chance.below(GROUPS);
    this.favourite = chance.pick(List.of(Fault.values()));
    this.trace = trace;
    this.coverage = coverage;
  }

  /** What others do when they work within a call. */
  public void othersDo(Runnable work) {
    others = work;
  }

  /** From now on nothing goes wrong. */
  public void end() {
    active = false;
  }

  /** Does {@code work} while nothing goes wrong. */
  public void suspended(Runnable work) {
    boolean before = active;
    active = false;
    try {
      work.run();
    } finally {
      active = before;
    }
  }

  /** Calls of ports are those of {@code caller} until {@code work} is done. */
  public void as(String caller, Runnable work) {
    callers.push(caller);
    try {
      work.run();
    } finally {
      callers.pop();
    }
  }

  /** Has the effect of a call, unless something goes wrong. */
  public <T> T call(String name, Set<Fault> possible, Supplier<T> effect) {
    Fault fault = begin(name, possible);
    T result = effect.get();
    end(name, fault);
    return result;
  }

  /** Decides what goes wrong at a call, and lets it, if that is before the effect. */
  public @Nullable Fault begin(String name, Set<Fault> possible) {
    if (!active || callers.isEmpty() || possible.isEmpty()) {
      return null;
    }
    String call = callers.peek() + " " + name;
    coverage.seen(call, possible);
    boolean isFocused = Math.floorMod(call.hashCode(), GROUPS) == focus;
    if (!chance.happens(isFocused && rate > 0 ? FOCUSED : rate)) {
      return null;
    }
    Fault fault =
        possible.contains(favourite) && chance.happens(FAVOURED)
            ? favourite
            : chance.pick(List.copyOf(possible));
    boolean isOfOthers = fault == Fault.OTHERS_BEFORE || fault == Fault.OTHERS_AFTER;
    if (isOfOthers && callers.size() >= MOST_DEPTH) {
      return null;
    }
    coverage.hit(call, fault);
    trace.add(fault + " at " + call);
    switch (fault) {
      case DIES_BEFORE -> throw new Death(call);
      case THROTTLED -> throw new TransientFailure("Cannot do " + call + ": slow down");
      case BUG -> throw new IllegalStateException("A bug at " + call);
      case OTHERS_BEFORE -> othersWork();
      case DIES_AFTER,
          ANSWER_LOST,
          OTHERS_AFTER,
          CONFLICT,
          UNKNOWN_WITHOUT_EFFECT,
          UNKNOWN_WITH_EFFECT,
          BROKEN_STREAM,
          READ_FAILS,
          WRITE_FAILS,
          UNMEASURED -> {}
    }
    return fault;
  }

  /** Lets go wrong what does so after the effect. */
  public void end(String name, @Nullable Fault fault) {
    if (fault == Fault.DIES_AFTER) {
      throw new Death(name);
    } else if (fault == Fault.ANSWER_LOST) {
      throw new TransientFailure("Cannot tell whether " + name + " is done: no answer");
    } else if (fault == Fault.OTHERS_AFTER) {
      othersWork();
    }
  }

  private void othersWork() {
    trace.enter();
    try {
      others.run();
    } finally {
      trace.leave();
    }
  }
}
