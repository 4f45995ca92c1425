package io.sluice.contracts.pipeline;

import java.util.Collection;
import java.util.Comparator;

/** What people may have meant by a word that is not known. */
final class Suggestion {
  private Suggestion() {}

  /** {@code " (did you mean format?)"}, or nothing when no known word is near. */
  static String of(String word, Collection<String> known) {
    int near = Math.max(2, word.length() / 3);
    return known.stream()
        .min(Comparator.comparingInt((String other) -> distance(word, other)).thenComparing(o -> o))
        .filter(other -> distance(word, other) <= near)
        .map(other -> " (did you mean " + other + "?)")
        .orElse("");
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
