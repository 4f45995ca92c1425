package io.sluice.simulation;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happened in a world, and what must not have. Iceberg gives snapshots random ids; here they
 * are called by the order in which they were made, so that the same seed makes the same trace.
 */
public final class Trace {
  /** More lines than any world that ends makes. */
  private static final int MOST_LINES = 50_000;

  private final List<String> lines = new ArrayList<>();
  private final Set<String> violations = new LinkedHashSet<>();
  private final Map<Long, String> names = new HashMap<>();
  private final Map<String, String> batches = new HashMap<>();
  private int depth;

  /** Notes what happened. */
  public void add(String line) {
    if (lines.size() < MOST_LINES) {
      lines.add("  ".repeat(depth) + line);
    }
  }

  /** What is added from now on happened within what was added last. */
  public void enter() {
    depth++;
  }

  /** The opposite of {@link #enter}. */
  public void leave() {
    depth--;
  }

  /** Notes what must not have happened, once. */
  public void violation(String what) {
    String named = named(what);
    if (violations.add(named)) {
      add("VIOLATION " + named);
    }
  }

  /** What a snapshot is called here. */
  public String name(long snapshot) {
    return names.computeIfAbsent(snapshot, ignored -> "s" + (names.size() + 1));
  }

  /** What a snapshot is called here. */
  public String name(SnapshotId snapshot) {
    return name(snapshot.value());
  }

  /** Calls the batch {@code id} by a name. */
  public void call(BatchId id, String name) {
    batches.put(id.value(), name);
  }

  /** {@code text} with every id that has a name here replaced by it. */
  public String named(String text) {
    String named = text;
    for (Map.Entry<Long, String> each : names.entrySet()) {
      named = named.replace(Long.toString(each.getKey()), each.getValue());
    }
    for (Map.Entry<String, String> each : batches.entrySet()) {
      named = named.replace(each.getKey(), each.getValue());
    }
    return named;
  }

  /** What happened so far, oldest first. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** What must not have happened. */
  public List<String> violations() {
    return List.copyOf(violations);
  }
}
