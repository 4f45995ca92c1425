package io.sluice.local.print;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.Map;

/** Counts by name as one line: the greatest, and how many others there are. */
final class MostCounts {
  /** Eight fit on a line. */
  private static final int MOST = 8;

  private MostCounts() {}

  /** {@code a 5 · b 3 · and 7 more kinds}, where {@code things} are kinds. */
  static String text(Map<String, Long> counts, String things) {
    String most =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(joining(" · "));
    int more = counts.size() - MOST;
    return more > 0 ? most + " · and " + more + " more " + things : most;
  }
}
