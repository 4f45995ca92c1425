package io.sluice.iceberg.table;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Branches;
import java.util.OptionalLong;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * Tags a snapshot and moves main to it. The commit is on exactly the metadata that was read: a
 * transaction of Iceberg would move main again for somebody who has set it back meanwhile.
 */
final class Publication {
  private final Table table;
  private final Branches branches;

  Publication(Table table) {
    this.table = table;
    this.branches = new Branches(table);
  }

  /**
   * Moves main to {@code snapshot}, unless it is there or beyond.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException when the table has changed since
   */
  void publish(SnapshotId snapshot) {
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata seen = operations.current();
    OptionalLong main = branches.main();
    if (branches.isIn(main, snapshot.value())) {
      return;
    }
    requireFree(snapshot, main);
    operations.commit(
        seen,
        TableMetadata.buildFrom(seen)
            .setRef(Branches.TAG + snapshot, SnapshotRef.tagBuilder(snapshot.value()).build())
            .setBranchSnapshot(snapshot.value(), Branches.MAIN)
            .build());
  }

  private void requireFree(SnapshotId snapshot, OptionalLong main) {
    String what = "Cannot publish snapshot " + snapshot + " of " + table.name() + ": ";
    SnapshotRef tag = table.refs().get(Branches.TAG + snapshot);
    if (tag != null && tag.snapshotId() != snapshot.value()) {
      throw new ConfigurationFailure(
          what + "somebody else put its tag on snapshot " + tag.snapshotId());
    }
    if (main.isPresent() && !branches.isIn(OptionalLong.of(snapshot.value()), main.getAsLong())) {
      throw new ConfigurationFailure(what + "main was moved by somebody else");
    }
    if (branches.isReverted()) {
      throw new TransientFailure(what + "main was set back by somebody else");
    }
  }
}
