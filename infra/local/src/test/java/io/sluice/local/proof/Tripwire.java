package io.sluice.local.proof;

import io.sluice.local.proof.Point.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes down what functions write, and kills whoever reaches a point, once for each. */
final class Tripwire implements Wire.Watch {
  private final Consumer<String> kill;
  private final Function<Call, String> meaning;
  private final List<Point> passed = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<Point> armed = new HashSet<>();
  private int feed;

  /**
   * A wire that is not armed.
   *
   * @param kill ends the process of a function, and returns when it has ended
   * @param meaning what a write means, once it has taken effect
   */
  Tripwire(Consumer<String> kill, Function<Call, String> meaning) {
    this.kill = kill;
    this.meaning = meaning;
  }

  /** Is to kill at each of {@code points}. */
  synchronized void arm(List<Point> points) {
    armed.addAll(points);
  }

  /** The pipeline gets file {@code number} now. */
  synchronized void feeding(int number) {
    feed = number;
    counts.clear();
  }

  /** Takes those points back that were not reached. */
  synchronized List<Point> disarm() {
    List<Point> missed = List.copyOf(armed);
    armed.clear();
    return missed;
  }

  /** The writes that took effect since the last call. */
  synchronized List<Point> passed() {
    List<Point> all = List.copyOf(passed);
    passed.clear();
    return all;
  }

  @Override
  public synchronized boolean cutsBefore(Call call) {
    return call.changes() && trips(call, count(call, Moment.BEFORE), Moment.BEFORE);
  }

  @Override
  public synchronized boolean cutsAfter(Call call) {
    if (!call.changes()) {
      return false;
    }
    int occurrence = count(call, Moment.AFTER);
    passed.add(
        new Point(
            feed, call.function(), call.effect(), occurrence, meaning.apply(call), Moment.AFTER));
    return trips(call, occurrence, Moment.AFTER);
  }

  private boolean trips(Call call, int occurrence, Moment moment) {
    boolean trips =
        armed.removeIf(point -> point.isAt(feed, call, moment) && point.occurrence() == occurrence);
    if (trips) {
      kill.accept(call.function());
    }
    return trips;
  }

  private int count(Call call, Moment moment) {
    return counts.merge(moment + call.function() + call.effect(), 1, Integer::sum);
  }
}
