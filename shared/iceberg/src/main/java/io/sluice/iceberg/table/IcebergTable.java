package io.sluice.iceberg.table;

import static java.util.stream.Collectors.toSet;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.id.TableName;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.measure.TableMeasures;
import io.sluice.iceberg.merge.KnownKeys;
import io.sluice.iceberg.merge.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;

/** One pipeline's table, as curate and gate see it. */
public final class IcebergTable implements CuratedTable, AuditedTable {
  private final Table table;
  private final Pipeline pipeline;
  private final String code;
  private final KnownKeys known;
  private final Function<TableName, Optional<Table>> tables;
  private final Branches branches;
  private final Withdrawals withdrawals;
  private final Publication publication;
  private final Races races;

  /**
   * The table of {@code pipeline}.
   *
   * @param known keys of data files, kept from merge to merge
   * @param tables finds other tables of the lake
   */
  IcebergTable(
      Table table,
      Pipeline pipeline,
      String code,
      KnownKeys known,
      Function<TableName, Optional<Table>> tables) {
    this.table = table;
    this.pipeline = pipeline;
    this.code = code;
    this.known = known;
    this.tables = tables;
    this.branches = new Branches(table);
    this.withdrawals = new Withdrawals(table, pipeline.name());
    this.publication = new Publication(table);
    this.races = new Races(table);
  }

  @Override
  public AuditHead head() {
    table.refresh();
    return new SeenHead(branches.ancestry(branches.audit()), withdrawals.withheld());
  }

  @Override
  public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
    OptionalLong seen = ((SeenHead) head).snapshot();
    String operation = Staged.operation(batches, seen);
    try (ConflictFile conflicts = new ConflictFile(table, pipeline, operation)) {
      Merge.Result result =
          new Merge(table, pipeline, known).run(batches, seen, operation, conflicts);
      return new Staged(seen, batches, result, conflicts.complete());
    }
  }

  @Override
  public List<StoredFile> conflicts(SnapshotId snapshot) {
    Snapshot committed = table.snapshot(snapshot.value());
    return committed == null ? List.of() : ConflictFile.named(committed.summary());
  }

  @Override
  public CommitOutcome commit(StagedMerge merge) {
    Staged staged = (Staged) merge;
    return races.run(
        "committed",
        () -> {
          try {
            staged.update(table, pipeline, code, withdrawals.withheld()).commit();
          } catch (ValidationException e) {
            return new CommitOutcome.HeadMoved();
          }
          return new CommitOutcome.Committed(committed(staged));
        });
  }

  @Override
  public Standing standing(SnapshotId snapshot) {
    table.refresh();
    if (branches.isIn(branches.main(), snapshot.value())) {
      return Standing.PUBLISHED;
    }
    if (withdrawals.isQuarantined(snapshot)) {
      return Standing.QUARANTINED;
    }
    if (!branches.isIn(branches.audit(), snapshot.value())) {
      return Standing.WITHDRAWN;
    }
    if (branches.isReverted()) {
      return Standing.REVERTED;
    }
    return branches.isStranded() ? Standing.STRANDED : Standing.AUDITED;
  }

  @Override
  public List<AuditSnapshot> awaiting(SnapshotId snapshot) {
    table.refresh();
    List<Snapshot> main = branches.ancestry(branches.main());
    List<AuditSnapshot> awaiting = new ArrayList<>();
    for (Snapshot ancestor : branches.ancestry(OptionalLong.of(snapshot.value()))) {
      if (main.contains(ancestor)) {
        break;
      }
      awaiting.add(Summaries.read(ancestor));
    }
    return awaiting.reversed();
  }

  @Override
  public List<AuditSnapshot> published(int most) {
    table.refresh();
    return branches.ancestry(branches.main()).stream()
        .filter(Summaries::isOurs)
        .limit(most)
        .map(Summaries::read)
        .toList();
  }

  @Override
  public SnapshotMeasures measures() {
    return new TableMeasures(table, pipeline, tables);
  }

  @Override
  public void publish(SnapshotId snapshot) {
    change(() -> publication.publish(snapshot));
  }

  @Override
  public void withdraw(SnapshotId snapshot) {
    change(
        () -> {
          if (!withdrawals.isQuarantined(snapshot)
              && branches.isIn(branches.audit(), snapshot.value())) {
            withdrawals.withdraw(snapshot);
          }
        });
  }

  @Override
  public void rebase() {
    change(
        () -> {
          if (branches.isStranded()) {
            withdrawals.rebase();
          }
        });
  }

  @Override
  public List<BatchLanded> replays(SnapshotId snapshot) {
    AuditHead head = head();
    return missing(head, withdrawals.replays(snapshot));
  }

  private static List<BatchLanded> missing(AuditHead head, List<BatchLanded> batches) {
    return batches.stream()
        .filter(batch -> !head.isWithheld(batch.batch()))
        .filter(batch -> head.commitOf(batch.batch()).isEmpty())
        .toList();
  }

  @Override
  public Set<BatchId> withheld(SnapshotId snapshot) {
    table.refresh();
    return withdrawals.withheld().waiting().entrySet().stream()
        .filter(each -> each.getValue().equals(snapshot))
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  @Override
  public void settle(SnapshotId snapshot, Set<BatchId> batches, Settlement.Way way) {
    change(() -> withdrawals.settle(snapshot, batches, way));
  }

  @Override
  public Optional<SnapshotId> releasedFrom(BatchId batch) {
    table.refresh();
    return Optional.ofNullable(withdrawals.withheld().released().get(batch));
  }

  @Override
  public List<BatchLanded> releases(SnapshotId snapshot) {
    AuditHead head = head();
    return missing(head, withdrawals.releases(snapshot));
  }

  private SnapshotId committed(Staged staged) {
    table.refresh();
    return new SeenHead(branches.ancestry(branches.audit()), withdrawals.withheld())
        .commitOf(staged.batches().getFirst().id())
        .orElseThrow(
            () -> new UnknownOutcome("Cannot find the snapshot just committed to " + table.name()));
  }

  /** A change of references, on what the table is now. */
  private void change(Runnable change) {
    races.run(
        "changed",
        () -> {
          table.refresh();
          change.run();
          table.refresh();
          return true;
        });
  }
}
