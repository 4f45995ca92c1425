package io.sluice.gate;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A pipeline's rules, and how each of their metrics is measured on a snapshot. Conservation is
 * always among them.
 */
public final class Rules {
  /** How many published snapshots the usual size of a batch is taken from. */
  static final int BASELINE = 20;

  private final List<GateRule> rules = new ArrayList<>();
  private final AuditedTable table;
  private final Function<ObjectName, Optional<Manifest>> manifests;

  /**
   * Conservation, then {@code declared}.
   *
   * @param manifests reads a manifest; empty when it is not there
   */
  public Rules(
      List<GateRule> declared,
      AuditedTable table,
      Function<ObjectName, Optional<Manifest>> manifests) {
    rules.add(GateRule.CONSERVATION);
    rules.addAll(declared);
    this.table = table;
    this.manifests = manifests;
  }

  /** Every rule held against {@code snapshot}. */
  public List<GateResult> judge(AuditSnapshot snapshot) {
    return rules.stream().map(rule -> rule.judge(measure(rule.metric(), snapshot))).toList();
  }

  private Measurement measure(Metric metric, AuditSnapshot snapshot) {
    return switch (metric) {
      case Metric.Conservation ignored -> conservation(snapshot);
      case Metric.RowCountDelta ignored -> rowCountDelta(snapshot);
      case Metric.NullRate nullRate -> table.nullRate(snapshot.id(), nullRate.field());
    };
  }

  private Measurement conservation(AuditSnapshot snapshot) {
    long astray = 0;
    long grown = 0;
    for (Map.Entry<BatchId, BatchAccount> entry : snapshot.accounts().entrySet()) {
      ObjectName name = snapshot.manifests().get(entry.getKey());
      Optional<Manifest> manifest = name == null ? Optional.empty() : manifests.apply(name);
      if (manifest.isEmpty()) {
        return new Measurement.Unknown("batch " + entry.getKey() + " has no manifest");
      }
      BatchAccount account = entry.getValue();
      astray += Math.abs(manifest.get().counts().accepted() - account.merged().total());
      astray += Math.abs(manifest.get().counts().read() - account.landed().read());
      grown += account.merged().inserted() - account.merged().deleted();
    }
    astray += Math.abs(grown - snapshot.addedRows());
    return new Measurement.Known(astray, astray + " records without exactly one fate");
  }

  private Measurement rowCountDelta(AuditSnapshot snapshot) {
    Set<BatchId> replays = replays(snapshot);
    if (!replays.isEmpty() && replays.equals(snapshot.accounts().keySet())) {
      return new Measurement.Known(0, "all of it came out of quarantine, in any number");
    }
    double usual = medianOfAccepted(table.published(BASELINE), Set.of());
    if (usual == 0) {
      return new Measurement.Known(0, "nothing published yet to hold it against");
    }
    double actual = medianOfAccepted(List.of(snapshot), replays);
    return new Measurement.Known(
        Math.abs(actual - usual) / usual,
        String.format(Locale.ROOT, "median of %.1f records a batch, usually %.1f", actual, usual));
  }

  /** The batches whose size says nothing: records that somebody took out of quarantine. */
  private Set<BatchId> replays(AuditSnapshot snapshot) {
    return snapshot.manifests().entrySet().stream()
        .filter(
            entry ->
                manifests
                    .apply(entry.getValue())
                    .filter(manifest -> Layout.isReplay(manifest.source().name()))
                    .isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static double medianOfAccepted(
      Collection<AuditSnapshot> snapshots, Set<BatchId> without) {
    long[] accepted =
        snapshots.stream()
            .flatMap(snapshot -> snapshot.accounts().entrySet().stream())
            .filter(entry -> !without.contains(entry.getKey()))
            .mapToLong(entry -> entry.getValue().landed().accepted())
            .sorted()
            .toArray();
    if (accepted.length == 0) {
      return 0;
    }
    int middle = accepted.length / 2;
    return accepted.length % 2 == 1
        ? accepted[middle]
        : (accepted[middle - 1] + accepted[middle]) / 2.0;
  }
}
