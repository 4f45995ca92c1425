package io.sluice.iceberg.branch;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
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

/**
 * Changes of a table without an audit branch, each committed on exactly the snapshot that it was
 * made for.
 */
public final class ExactCommits {
  /**
   * How often a change is made again because another was committed first. A pipeline has one curate
   * and one gate at a time, and few people at a command line.
   */
  private static final int MOST_ATTEMPTS = 5;

  private final Table table;
  private final Branches branches;

  /** Changes of {@code table}. */
  public ExactCommits(Table table) {
    this.table = table;
    this.branches = new Branches(table);
  }

  /** What a change comes to on {@code head}; nothing when it is made already. */
  public interface Change {
    /** The change as an update of the table, of which nothing is committed yet. */
    Optional<? extends SnapshotUpdate<?>> on(List<Snapshot> ancestry, OptionalLong head)
        throws IOException;
  }

  /**
   * Makes {@code change}, again where another was committed first.
   *
   * @throws UnknownOutcome when it may or may not be there
   */
  public void commit(Change change) {
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
