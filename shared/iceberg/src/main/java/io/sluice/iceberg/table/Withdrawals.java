package io.sluice.iceberg.table;

import static java.util.stream.Collectors.joining;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;

/**
 * The snapshots that gates took off audit, as properties of the table: {@code
 * sluice.withheld.<batch>} names the snapshot that a batch was withheld with, {@code
 * sluice.replay.<snapshot>} the manifests of the batches that left audit after it. Branch and
 * properties change in one commit, so that no crash can lose a batch between them.
 */
final class Withdrawals {
  private static final String WITHHELD = "sluice.withheld.";
  private static final String REPLAY = "sluice.replay.";

  private final Table table;
  private final PipelineName pipeline;

  Withdrawals(Table table, PipelineName pipeline) {
    this.table = table;
    this.pipeline = pipeline;
  }

  /** The batches that wait for a decision. */
  Set<BatchId> withheld() {
    return table.properties().keySet().stream()
        .filter(name -> name.startsWith(WITHHELD))
        .map(name -> new BatchId(name.substring(WITHHELD.length())))
        .collect(Collectors.toSet());
  }

  boolean isQuarantined(SnapshotId snapshot) {
    return table.properties().containsKey(REPLAY + snapshot);
  }

  /** The batches that left audit after {@code snapshot}, which was withdrawn. */
  List<BatchLanded> replays(SnapshotId snapshot) {
    String text = table.properties().getOrDefault(REPLAY + snapshot, "");
    return Stream.of(text.split(","))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.split("=", 2))
        .map(entry -> new BatchLanded(pipeline, new BatchId(entry[0]), ObjectName.parse(entry[1])))
        .toList();
  }

  /**
   * Moves audit to the parent of {@code snapshot}, and notes what left it.
   *
   * @param audit the ancestry of the audit branch, newest first
   */
  void withdraw(SnapshotId snapshot, List<Snapshot> audit) {
    Map<BatchId, ObjectName> later = new TreeMap<>();
    List<BatchId> own = new ArrayList<>();
    for (Snapshot left : audit) {
      AuditSnapshot content = Summaries.read(left);
      if (left.snapshotId() == snapshot.value()) {
        own.addAll(content.accounts().keySet());
        break;
      }
      later.putAll(content.manifests());
    }
    Transaction transaction = table.newTransaction();
    Long parent = table.snapshot(snapshot.value()).parentId();
    if (parent == null) {
      transaction.manageSnapshots().removeBranch(Branches.AUDIT).commit();
    } else {
      transaction.manageSnapshots().replaceBranch(Branches.AUDIT, parent).commit();
    }
    UpdateProperties properties = transaction.updateProperties();
    own.forEach(batch -> properties.set(WITHHELD + batch, snapshot.toString()));
    properties.set(REPLAY + snapshot, text(later));
    properties.commit();
    transaction.commitTransaction();
  }

  private static String text(Map<BatchId, ObjectName> manifests) {
    return manifests.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(joining(","));
  }
}
