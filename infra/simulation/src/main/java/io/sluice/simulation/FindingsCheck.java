package io.sluice.simulation;

import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.audit.Finding;
import io.sluice.simulation.lake.Stranger;
import java.util.Set;

/** Holds what an auditor finds against what a stranger did: there must be nothing else. */
final class FindingsCheck {
  /** What auditors say where a stranger committed to main, until gate has work again. */
  private static final Set<String> COMMITS = Set.of("stranger-snapshot", "main-past-audit");

  /** What they say besides where he deleted rows. */
  private static final Set<String> DELETIONS = Set.of("rows-of-batch", "rows-of-snapshot");

  private final World world;

  FindingsCheck(World world) {
    this.world = world;
  }

  void check(AuditReport report) {
    for (Finding each : report.findings()) {
      if (!isOfStranger(each.code())) {
        world.trace().violation("the auditor finds " + each);
      }
    }
  }

  private boolean isOfStranger(String code) {
    Stranger stranger = world.stranger();
    return (COMMITS.contains(code) && stranger.hasCommitted())
        || (DELETIONS.contains(code) && stranger.hasDeletedRows())
        || (code.equals("tag-missing") && stranger.hasDeletedTags());
  }
}
