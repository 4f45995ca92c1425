package io.sluice.gate;

import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.BatchId;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is usual: the last published snapshots that came in the ordinary way. Those that were
 * published although a gate failed, or by somebody else, that were released from quarantine, or
 * that a backfill made are left out.
 */
final class Baseline {
  /**
   * How many published snapshots are looked through for each that is wanted: a table of which fewer
   * than every fourth came in the ordinary way has no usual.
   */
  private static final int LOOKED_THROUGH = 4;

  private final AuditedTable table;
  private final VerdictLog log;

  Baseline(AuditedTable table, VerdictLog log) {
    this.table = table;
    this.log = log;
  }

  /** The newest usual snapshots, {@code most} of them at the most. */
  List<AuditSnapshot> snapshots(int most) {
    List<AuditSnapshot> usual = new ArrayList<>();
    for (AuditSnapshot each : table.published(most * LOOKED_THROUGH)) {
      if (usual.size() < most && isUsual(each)) {
        usual.add(each);
      }
    }
    return usual;
  }

  private boolean isUsual(AuditSnapshot snapshot) {
    return switch (snapshot.origin()) {
      case LIVE ->
          log.find(snapshot.id())
              .filter(verdict -> verdict.outcome() == GateOutcome.PUBLISHED)
              .filter(verdict -> !verdict.isOverridden())
              .isPresent();
      case RELEASED, BACKFILLED -> false;
    };
  }

  /** What the gate {@code name} saw in {@code usual}, together. */
  Distribution distribution(String name, List<AuditSnapshot> usual) {
    Distribution sum = Distribution.NONE;
    for (AuditSnapshot each : usual) {
      Optional<GateVerdict> verdict = log.find(each.id());
      for (GateResult result : verdict.map(GateVerdict::results).orElse(List.of())) {
        if (result.terms().name().equals(name)
            && result.measurement() instanceof Measurement.Known known) {
          sum = sum.plus(known.distribution());
        }
      }
    }
    return sum;
  }

  /** The median of accepted records per batch, some batches aside; none without batches. */
  static OptionalDouble medianOfAccepted(
      Collection<AuditSnapshot> snapshots, Set<BatchId> without) {
    long[] accepted =
        snapshots.stream()
            .flatMap(snapshot -> snapshot.accounts().entrySet().stream())
            .filter(entry -> !without.contains(entry.getKey()))
            .mapToLong(entry -> entry.getValue().landed().accepted())
            .sorted()
            .toArray();
    int middle = accepted.length / 2;
    if (accepted.length == 0) {
      return OptionalDouble.empty();
    }
    return accepted.length % 2 == 1
        ? OptionalDouble.of((double) accepted[middle])
        : Arrays.stream(accepted, middle - 1, middle + 1).average();
  }
}
