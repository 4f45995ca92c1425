package io.sluice.iceberg.table;

import static java.util.stream.Collectors.joining;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.UpdateProperties;

/**
 * The snapshots that gates took off audit, as properties of the table: {@code
 * sluice.withheld.<batch>} names the snapshot that a batch was withheld with, {@code
 * sluice.replay.<snapshot>} the manifests of the batches that left audit after it. Branch and
 * properties change in one commit, so that no crash can lose a batch between them.
 */
final class Withdrawals {
  private static final String REPLAY = "sluice.replay.";

  private final Table table;
  private final Branches branches;
  private final PipelineName pipeline;

  Withdrawals(Table table, PipelineName pipeline) {
    this.table = table;
    this.branches = new Branches(table);
    this.pipeline = pipeline;
  }

  /** The batches that are off audit by a gate's verdict. */
  Withheld withheld() {
    return Withheld.read(table.properties());
  }

  /**
   * Settles those of {@code batches} that wait with {@code snapshot}.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException when the table has changed since
   */
  void settle(SnapshotId snapshot, Set<BatchId> batches, Settlement.Way way) {
    UpdateProperties change = table.updateProperties();
    boolean changes = false;
    for (Map.Entry<BatchId, SnapshotId> each : withheld().waiting().entrySet()) {
      if (each.getValue().equals(snapshot) && batches.contains(each.getKey())) {
        String settled =
            switch (way) {
              case RELEASE -> Withheld.RELEASED;
              case DISCARD -> Withheld.DISCARDED;
            };
        String waiting = Withheld.WAITING + each.getKey();
        change.set(
            settled + each.getKey(), table.properties().getOrDefault(waiting, snapshot.toString()));
        change.remove(waiting);
        changes = true;
      }
    }
    if (changes) {
      change.commit();
    }
  }

  /** The batches that were released from {@code snapshot}, and where their manifests are. */
  List<BatchLanded> releases(SnapshotId snapshot) {
    Snapshot left = table.snapshot(snapshot.value());
    Map<BatchId, ObjectName> manifests = left == null ? Map.of() : Summaries.read(left).manifests();
    List<BatchLanded> released = new ArrayList<>();
    withheld()
        .released()
        .forEach(
            (batch, from) -> {
              if (from.equals(snapshot)) {
                Withheld.manifest(table.properties().getOrDefault(Withheld.RELEASED + batch, ""))
                    .or(() -> Optional.ofNullable(manifests.get(batch)))
                    .ifPresent(
                        manifest -> released.add(new BatchLanded(pipeline, batch, manifest)));
              }
            });
    return released;
  }

  boolean isQuarantined(SnapshotId snapshot) {
    return table.properties().containsKey(REPLAY + snapshot);
  }

  /**
   * The batches that left audit after the snapshot that was quarantined: {@code snapshot} itself,
   * or the last one before it.
   */
  List<BatchLanded> replays(SnapshotId snapshot) {
    if (table.snapshot(snapshot.value()) == null) {
      return List.of();
    }
    return branches.ancestry(OptionalLong.of(snapshot.value())).stream()
        .map(ancestor -> new SnapshotId(ancestor.snapshotId()))
        .filter(this::isQuarantined)
        .findFirst()
        .map(this::replaysAfter)
        .orElse(List.of());
  }

  private List<BatchLanded> replaysAfter(SnapshotId snapshot) {
    String text = table.properties().getOrDefault(REPLAY + snapshot, "");
    return Stream.of(text.split(","))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.split("=", 2))
        .map(entry -> new BatchLanded(pipeline, new BatchId(entry[0]), ObjectName.parse(entry[1])))
        .toList();
  }

  /**
   * Moves audit to the parent of {@code snapshot}, and notes what left it. The commit is on exactly
   * the metadata that was read: a transaction of Iceberg would move the branch away from under a
   * snapshot that was committed meanwhile, and nobody would know of its batches.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException when the table has changed since
   */
  void withdraw(SnapshotId snapshot) {
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata seen = operations.current();
    Map<BatchId, ObjectName> later = new TreeMap<>();
    Map<String, String> notes = new TreeMap<>();
    for (Snapshot left : branches.ancestry(branches.audit())) {
      AuditSnapshot content = Summaries.read(left);
      if (left.snapshotId() == snapshot.value()) {
        for (BatchId own : content.accounts().keySet()) {
          ObjectName manifest = content.manifests().get(own);
          notes.put(
              Withheld.WAITING + own,
              manifest == null ? snapshot.toString() : Withheld.text(snapshot, manifest));
        }
        break;
      }
      later.putAll(content.manifests());
    }
    notes.put(REPLAY + snapshot, text(later));
    Set<String> outdated =
        notes.keySet().stream()
            .filter(name -> name.startsWith(Withheld.WAITING))
            .map(name -> Withheld.RELEASED + name.substring(Withheld.WAITING.length()))
            .collect(Collectors.toSet());
    TableMetadata.Builder change =
        TableMetadata.buildFrom(seen).setProperties(notes).removeProperties(outdated);
    Long parent = table.snapshot(snapshot.value()).parentId();
    if (parent == null) {
      change.removeRef(Branches.AUDIT);
    } else {
      change.setBranchSnapshot(parent, Branches.AUDIT);
    }
    operations.commit(seen, change.build());
  }

  /**
   * Moves audit to main, and notes with the oldest snapshot that leaves it the batches of all that
   * do.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException when the table has changed since
   */
  void rebase() {
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata seen = operations.current();
    OptionalLong main = branches.main();
    Map<BatchId, ObjectName> left = new TreeMap<>();
    long oldest = 0;
    for (Snapshot snapshot : branches.ancestry(branches.audit())) {
      if (branches.isIn(main, snapshot.snapshotId())) {
        break;
      }
      left.putAll(Summaries.read(snapshot).manifests());
      oldest = snapshot.snapshotId();
    }
    operations.commit(
        seen,
        TableMetadata.buildFrom(seen)
            .setProperties(Map.of(REPLAY + oldest, text(left)))
            .setBranchSnapshot(main.orElseThrow(), Branches.AUDIT)
            .build());
  }

  private static String text(Map<BatchId, ObjectName> manifests) {
    return manifests.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(joining(","));
  }
}
