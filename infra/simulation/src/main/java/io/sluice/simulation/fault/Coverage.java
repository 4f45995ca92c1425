package io.sluice.simulation.fault;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Which faults hit which calls of ports, and what worlds came to, over many of them. */
public final class Coverage {
  private final Map<String, Set<Fault>> possible = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> hits = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> situations = new ConcurrentHashMap<>();

  void seen(String call, Set<Fault> faults) {
    possible.putIfAbsent(call, faults);
  }

  void hit(String call, Fault fault) {
    hits.computeIfAbsent(call + " × " + fault, ignored -> new LongAdder()).increment();
  }

  /** Notes that a world came to a {@code situation} that is worth having come to. */
  public void saw(String situation) {
    situations.computeIfAbsent(situation, ignored -> new LongAdder()).increment();
  }

  /** How often worlds came to each situation. */
  public Map<String, Long> situations() {
    Map<String, Long> all = new TreeMap<>();
    situations.forEach((situation, count) -> all.put(situation, count.sum()));
    return all;
  }

  /** How many pairs of a call and a fault there are. */
  public int pairs() {
    return possible.values().stream().mapToInt(Set::size).sum();
  }

  /** How many calls of ports there are. */
  public int calls() {
    return possible.size();
  }

  /** How often each pair was hit; 0 for those that were not. */
  public Map<String, Long> hits() {
    Map<String, Long> all = new TreeMap<>();
    possible.forEach((call, faults) -> faults.forEach(each -> all.put(call + " × " + each, 0L)));
    hits.forEach((pair, count) -> all.put(pair, count.sum()));
    return all;
  }

  /** How many pairs were hit. */
  public int hitPairs() {
    return hits.size();
  }
}
