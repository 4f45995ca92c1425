package io.sluice.iceberg.table;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.UnknownFieldsJson;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.TransientFailure;
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
import io.sluice.iceberg.branch.Withheld;
import io.sluice.iceberg.measure.TableMeasures;
import io.sluice.iceberg.merge.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/** One pipeline's table, as curate and gate see it. */
public final class IcebergTable implements CuratedTable, AuditedTable {
  /**
   * How often a change of the table's metadata is tried when others change it at the same time.
   * Both functions together make few changes a second; ten lost races in a row mean that something
   * else is wrong.
   */
  private static final int MOST_ATTEMPTS = 10;

  private final Table table;
  private final Pipeline pipeline;
  private final String code;
  private final Function<TableName, Optional<Table>> tables;
  private final Branches branches;
  private final Withdrawals withdrawals;
  private final Publication publication;

  /**
   * The table of {@code pipeline}.
   *
   * @param tables finds other tables of the lake
   */
  IcebergTable(
      Table table, Pipeline pipeline, String code, Function<TableName, Optional<Table>> tables) {
    this.table = table;
    this.pipeline = pipeline;
    this.code = code;
    this.tables = tables;
    this.branches = new Branches(table);
    this.withdrawals = new Withdrawals(table, pipeline.name());
    this.publication = new Publication(table);
  }

  private record Seen(List<Snapshot> ancestry, Withheld withheld) implements AuditHead {
    OptionalLong snapshot() {
      return ancestry.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(ancestry.getFirst().snapshotId());
    }

    @Override
    public Optional<SnapshotId> commitOf(BatchId batch) {
      return ancestry.stream()
          .filter(snapshot -> snapshot.summary().containsKey(Summaries.batchKey(batch)))
          .map(snapshot -> new SnapshotId(snapshot.snapshotId()))
          .findFirst();
    }

    @Override
    public boolean isWithheld(BatchId batch) {
      return withheld.holdsAny(Set.of(batch));
    }

    @Override
    public Optional<SnapshotId> releasedFrom(BatchId batch) {
      return Optional.ofNullable(withheld.released().get(batch));
    }
  }

  private record Staged(
      OptionalLong head,
      List<LandedBatch> batches,
      Merge.Result result,
      Map<String, String> conflicts)
      implements StagedMerge {
    @Override
    public Map<BatchId, BatchAccount> accounts() {
      return result.accounts();
    }
  }

  @Override
  public AuditHead head() {
    table.refresh();
    return new Seen(branches.ancestry(branches.audit()), withdrawals.withheld());
  }

  @Override
  public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
    OptionalLong seen = ((Seen) head).snapshot();
    String operation = operation(batches, seen);
    try (ConflictFile conflicts = new ConflictFile(table, pipeline, operation)) {
      Merge.Result result = new Merge(table, pipeline).run(batches, seen, operation, conflicts);
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
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        update(staged).commit();
        return new CommitOutcome.Committed(committed(staged));
      } catch (ValidationException e) {
        return new CommitOutcome.HeadMoved();
      } catch (CommitFailedException e) {
        table.refresh();
      } catch (CommitStateUnknownException e) {
        throw new UnknownOutcome("Cannot tell whether " + table.name() + " was committed", e);
      }
    }
    throw lostEveryRace();
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

  private SnapshotUpdate<?> update(Staged staged) {
    Merge.Result result = staged.result();
    SnapshotUpdate<?> update =
        new FileUpdate(table, staged.accounts().keySet()).of(result, staged.head());
    update.set(Summaries.CODE, code);
    update.set(Summaries.CONTRACT, pipeline.contract().fingerprint());
    Withheld withheld = withdrawals.withheld();
    if (staged.batches().stream().anyMatch(batch -> withheld.released().containsKey(batch.id()))) {
      update.set(Summaries.ORIGIN, Origin.RELEASED.name().toLowerCase(Locale.ROOT));
    }
    result.notes().forEach(update::set);
    staged.conflicts().forEach(update::set);
    List<Map<String, Long>> unknown =
        staged.batches().stream()
            .map(batch -> batch.manifest().unknown())
            .filter(counts -> !counts.isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      update.set(Summaries.UNKNOWN, UnknownFieldsJson.write(unknown));
    }
    for (LandedBatch batch : staged.batches()) {
      BatchAccount account = Objects.requireNonNull(staged.accounts().get(batch.id()));
      update.set(Summaries.batchKey(batch.id()), account.toText());
      update.set(Summaries.manifestKey(batch.id()), batch.manifestName().toString());
    }
    return update;
  }

  private SnapshotId committed(Staged staged) {
    table.refresh();
    return new Seen(branches.ancestry(branches.audit()), withdrawals.withheld())
        .commitOf(staged.batches().getFirst().id())
        .orElseThrow(
            () -> new UnknownOutcome("Cannot find the snapshot just committed to " + table.name()));
  }

  /** Runs a change of references until no other change comes between. */
  private void change(Runnable change) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      table.refresh();
      try {
        change.run();
        table.refresh();
        return;
      } catch (CommitFailedException e) {
        // Somebody was first: look again.
      } catch (CommitStateUnknownException e) {
        throw new UnknownOutcome("Cannot tell whether " + table.name() + " was changed", e);
      }
    }
    throw lostEveryRace();
  }

  private TransientFailure lostEveryRace() {
    return new TransientFailure(
        "Cannot commit to " + table.name() + ": lost " + MOST_ATTEMPTS + " races in a row");
  }

  /** What files of this merge are named after: what goes in, and on what it stands. */
  private static String operation(List<LandedBatch> batches, OptionalLong head) {
    String ids = batches.stream().map(batch -> batch.id().value()).sorted().collect(joining());
    return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.US_ASCII))
        + "-"
        + Long.toHexString(head.orElse(0));
  }
}
