package io.sluice.local.rehearse;

import io.sluice.contracts.compatibility.Compatibility;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a proposed contract would change.
 *
 * @param batches that are landed
 * @param accepted records in raw batches
 * @param failing how many of them would be rejected
 * @param failures what would be wrong with those, by {@code code path}
 * @param quarantined records in quarantine
 * @param passing how many of them would be accepted
 * @param cured what was wrong with those, by {@code code path}
 */
public record RehearsalReport(
    Compatibility compatibility,
    long batches,
    long accepted,
    long failing,
    Map<String, Finding> failures,
    long quarantined,
    long passing,
    Map<String, Finding> cured) {
  /** Copies the findings. */
  public RehearsalReport {
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    cured = Collections.unmodifiableMap(new TreeMap<>(cured));
  }

  /**
   * One kind of error.
   *
   * @param count records times errors of that kind
   * @param example the id of the first record that has it: its batch and its ordinal
   */
  public record Finding(long count, String example, String expected, String found) {
    /** One more of the kind. */
    Finding again() {
      return new Finding(count + 1, example, expected, found);
    }
  }
}
