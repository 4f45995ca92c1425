package io.sluice.land;

import io.sluice.core.batch.RecordError;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of error was found. Kinds past the limit are counted together. */
final class ErrorCounts {
  /** A contract has some hundred paths, and a few codes for each. */
  static final int MOST_KINDS = 1000;

  /** The kind that stands for all kinds past the limit. */
  static final String OTHERS = "others";

  private final Map<String, Long> counts = new TreeMap<>();

  void add(RecordError error) {
    String kind = error.kind();
    boolean isKept = counts.containsKey(kind) || counts.size() < MOST_KINDS;
    counts.merge(isKept ? kind : OTHERS, 1L, Long::sum);
  }

  Map<String, Long> all() {
    return counts;
  }
}
