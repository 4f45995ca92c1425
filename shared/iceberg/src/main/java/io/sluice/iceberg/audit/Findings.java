package io.sluice.iceberg.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what an audit finds. Past the limit it counts on and says so once: a report is read by
 * people.
 */
final class Findings {
  /** More than anybody reads; enough to see every kind of fault. */
  private static final int MOST = 1000;

  private final List<Finding> findings = new ArrayList<>();
  private long unlisted;

  void add(String code, Object subject, String detail) {
    if (findings.size() < MOST) {
      findings.add(new Finding(code, subject.toString(), detail));
    } else {
      unlisted++;
    }
  }

  /** Whether that was found of {@code subject} already. */
  boolean has(String code, Object subject) {
    return findings.stream()
        .anyMatch(each -> each.code().equals(code) && each.subject().equals(subject.toString()));
  }

  List<Finding> all() {
    List<Finding> all = new ArrayList<>(findings);
    if (unlisted > 0) {
      all.add(new Finding("more-faults", "audit", unlisted + " more faults are not listed"));
    }
    return all;
  }
}
