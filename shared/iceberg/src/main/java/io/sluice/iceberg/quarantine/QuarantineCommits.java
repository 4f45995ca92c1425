package io.sluice.iceberg.quarantine;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.iceberg.branch.Branches;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/** Changes of one table, each committed on exactly the snapshot that it was made for. */
final class QuarantineCommits {
  /**
   * How often a change is made again because another was committed first. There is one curate
   * function per pipeline and few people at a command line.
   */
  private static final int MOST_ATTEMPTS = 5;

  private final Table table;
  private final Branches branches;

  QuarantineCommits(Table table) {
    this.table = table;
    this.branches = new Branches(table);
  }

  /** What a change comes to on {@code head}; nothing when it is made already. */
  interface Change {
    Optional<? extends SnapshotUpdate<?>> on(List<Snapshot> ancestry, OptionalLong head)
        throws IOException;
  }

  void commit(Change change) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      table.refresh();
      OptionalLong head = branches.main();
      try {
        Optional<? extends SnapshotUpdate<?>> update = change.on(branches.ancestry(head), head);
        if (update.isPresent()) {
          update.get().validateWith(standsOn(head));
          update.get().commit();
        }
        return;
      } catch (ValidationException | CommitFailedException e) {
        // Somebody was first: look again.
      } catch (CommitStateUnknownException e) {
        throw new UnknownOutcome("Cannot tell whether " + table.name() + " was committed", e);
      } catch (IOException e) {
        throw new TransientFailure(
            "Cannot write data files of " + table.name() + ": " + e.getMessage(), e);
      }
    }
    throw new TransientFailure(
        "Cannot commit to " + table.name() + ": lost " + MOST_ATTEMPTS + " races in a row");
  }

  private static SnapshotAncestryValidator standsOn(OptionalLong head) {
    return ancestors -> {
      Iterator<Snapshot> ancestry = ancestors.iterator();
      return ancestry.hasNext()
          ? head.isPresent() && ancestry.next().snapshotId() == head.getAsLong()
          : head.isEmpty();
    };
  }
}
