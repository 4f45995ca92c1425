package io.sluice.gate;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.Manifest;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.SnapshotMetric;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.core.port.SnapshotMeasures.AddedFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Metrics that the accounts of a snapshot's batches answer, and the totals of its files. */
final class SnapshotCounts {
  private final SnapshotMeasures table;
  private final Function<ObjectName, Optional<Manifest>> manifests;

  SnapshotCounts(SnapshotMeasures table, Function<ObjectName, Optional<Manifest>> manifests) {
    this.table = table;
    this.manifests = manifests;
  }

  Measurement measure(SnapshotMetric metric, Layer layer, AuditSnapshot snapshot) {
    BatchAccount account =
        snapshot.accounts().values().stream().reduce(BatchAccount.NONE, BatchAccount::plus);
    return switch (metric) {
      case CONSERVATION -> conservation(snapshot);
      case ROW_COUNT ->
          layer == Layer.SERVING
              ? new Measurement.Known(table.totals(snapshot.id()).rows(), "rows of the table")
              : new Measurement.Known(
                  account.merged().inserted() + account.merged().updated(), "added rows");
      case FILE_COUNT ->
          layer == Layer.SERVING
              ? new Measurement.Known(table.totals(snapshot.id()).files(), "files of the table")
              : new Measurement.Known(table.addedFiles(snapshot.id()).files(), "added files");
      case REJECT_RATE ->
          share(account.landed().rejected(), account.landed().read(), "records were rejected");
      case DUPLICATE_RATE ->
          share(
              account.merged().duplicate(),
              account.landed().accepted(),
              "accepted records were there already");
      case CONFLICT_RATE ->
          share(
              account.merged().conflicting(),
              account.landed().accepted(),
              "accepted records contradict one of the same key");
      case PARTITION_SKEW -> skew(table.addedFiles(snapshot.id()));
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

  private static Measurement share(long part, long whole, String what) {
    return new Measurement.Known(
        whole == 0 ? 0 : (double) part / whole, part + " of " + whole + " " + what);
  }

  private static Measurement skew(AddedFiles files) {
    if (files.rowsByPartition().isEmpty()) {
      return new Measurement.Nothing("no rows are added");
    }
    Map.Entry<String, Long> largest =
        files.rowsByPartition().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    double mean =
        files.rowsByPartition().values().stream()
            .mapToLong(Long::longValue)
            .average()
            .orElseThrow();
    return new Measurement.Known(
        largest.getValue() / mean,
        String.format(
            Locale.ROOT,
            "%d rows in the largest of %d partitions, %.1f on average",
            largest.getValue(),
            files.rowsByPartition().size(),
            mean),
        largest.getKey().isEmpty()
            ? List.of()
            : List.of(largest.getKey() + ": " + largest.getValue()),
        Distribution.NONE);
  }
}
