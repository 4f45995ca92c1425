package io.sluice.gate;

import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a release overrides: the gates that quarantined the batches, and no others, in a snapshot of
 * which every batch was released.
 */
final class Overrides {
  private final AuditedTable table;
  private final VerdictLog log;

  Overrides(AuditedTable table, VerdictLog log) {
    this.table = table;
    this.log = log;
  }

  /** The results, with the failures accepted that the release of the batches accepted. */
  List<GateResult> apply(AuditSnapshot snapshot, List<GateResult> results) {
    List<Settlement> releases = new ArrayList<>();
    for (BatchId batch : snapshot.accounts().keySet()) {
      table
          .releasedFrom(batch)
          .flatMap(from -> log.settlement(from, batch))
          .filter(settlement -> settlement.way() == Settlement.Way.RELEASE)
          .ifPresent(releases::add);
    }
    if (releases.isEmpty() || releases.size() < snapshot.accounts().size()) {
      return results;
    }
    Set<String> overridden = overridden(releases);
    Decision decision = releases.getFirst().decision();
    return results.stream()
        .map(
            result ->
                result.failed() && overridden.contains(result.terms().name())
                    ? result.accepted(decision)
                    : result)
        .toList();
  }

  /** The gates that all these batches were quarantined by. */
  private Set<String> overridden(List<Settlement> releases) {
    Optional<Set<String>> common = Optional.empty();
    for (Settlement release : releases) {
      Set<String> failed = failed(release.snapshot());
      common.ifPresent(failed::retainAll);
      common = Optional.of(failed);
    }
    return common.orElse(Set.of());
  }

  /** What an earlier release accepted of the batches stays accepted. */
  private Set<String> failed(SnapshotId snapshot) {
    Set<String> names = new HashSet<>();
    for (GateResult result : log.find(snapshot).map(GateVerdict::results).orElse(List.of())) {
      if (!result.passed() && result.terms().action() == GateAction.QUARANTINE) {
        names.add(result.terms().name());
      }
    }
    return names;
  }
}
