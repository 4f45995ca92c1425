package io.sluice.iceberg.table;

import static java.util.stream.Collectors.joining;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.merge.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
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
  private final Branches branches;
  private final Withdrawals withdrawals;

  IcebergTable(Table table, Pipeline pipeline, String code) {
    this.table = table;
    this.pipeline = pipeline;
    this.code = code;
    this.branches = new Branches(table);
    this.withdrawals = new Withdrawals(table, pipeline.name());
  }

  private record Seen(List<Snapshot> ancestry, Set<BatchId> withheld) implements AuditHead {
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
      return withheld.contains(batch);
    }
  }

  private record Staged(OptionalLong head, List<LandedBatch> batches, Merge.Result result)
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
    Merge.Result result = new Merge(table, pipeline).run(batches, seen, operation(batches, seen));
    return new Staged(seen, batches, result);
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
    return branches.isIn(branches.audit(), snapshot.value())
        ? Standing.AUDITED
        : Standing.WITHDRAWN;
  }

  @Override
  public List<AuditSnapshot> awaiting(SnapshotId snapshot) {
    table.refresh();
    OptionalLong main = branches.main();
    List<AuditSnapshot> awaiting = new ArrayList<>();
    for (Snapshot ancestor : branches.ancestry(OptionalLong.of(snapshot.value()))) {
      if (main.isPresent() && ancestor.snapshotId() == main.getAsLong()) {
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
  public Measurement nullRate(SnapshotId snapshot, FieldPath field) {
    int id = table.schema().findField(field.toString()).fieldId();
    long rows = 0;
    long nulls = 0;
    for (DataFile file : added(snapshot)) {
      Map<Integer, Long> counts = file.nullValueCounts();
      Long count = counts == null ? null : counts.get(id);
      if (count == null) {
        return new Measurement.Unknown(
            "data file " + file.location() + " keeps no count of nulls in " + field);
      }
      rows += file.recordCount();
      nulls += count;
    }
    return new Measurement.Known(
        rows == 0 ? 0 : (double) nulls / rows, nulls + " of " + rows + " added rows");
  }

  @Override
  public void publish(SnapshotId snapshot) {
    String tag = Branches.TAG + snapshot;
    change(
        () -> {
          if (branches.isIn(branches.main(), snapshot.value())) {
            return;
          }
          ManageSnapshots refs = table.manageSnapshots();
          if (!table.refs().containsKey(tag)) {
            refs.createTag(tag, snapshot.value());
          }
          try {
            refs.fastForwardBranch(Branches.MAIN, tag).commit();
          } catch (IllegalArgumentException e) {
            throw new ConfigurationFailure(
                "Cannot publish snapshot "
                    + snapshot
                    + " of "
                    + table.name()
                    + ": main was moved by somebody else",
                e);
          }
        });
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
  public List<BatchLanded> replays(SnapshotId snapshot) {
    AuditHead head = head();
    return withdrawals.replays(snapshot).stream()
        .filter(batch -> !head.isWithheld(batch.batch()))
        .filter(batch -> head.commitOf(batch.batch()).isEmpty())
        .toList();
  }

  private Iterable<DataFile> added(SnapshotId snapshot) {
    return SnapshotChanges.builderFor(table)
        .snapshot(table.snapshot(snapshot.value()))
        .build()
        .addedDataFiles();
  }

  private SnapshotUpdate<?> update(Staged staged) {
    Merge.Result result = staged.result();
    SnapshotUpdate<?> update = new FileUpdate(table).of(result, staged.head());
    update.set(Summaries.CODE, code);
    update.set(Summaries.CONTRACT, pipeline.contract().fingerprint());
    result.notes().forEach(update::set);
    for (LandedBatch batch : staged.batches()) {
      BatchAccount account = Objects.requireNonNull(staged.accounts().get(batch.id()));
      update.set(Summaries.batchKey(batch.id()), account.toText());
      update.set(Summaries.manifestKey(batch.id()), batch.manifestName().toString());
    }
    return update;
  }

  private SnapshotId committed(Staged staged) {
    table.refresh();
    return new Seen(branches.ancestry(branches.audit()), Set.of())
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
