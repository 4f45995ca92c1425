package io.sluice.iceberg.table;

import io.sluice.core.id.BatchId;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.iceberg.merge.Merge;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.DataFileSet;
import org.apache.iceberg.util.DeleteFileSet;

/**
 * The change of audit that a merge comes to, which takes effect on the head that the merge saw or
 * not at all. Audit may have been elsewhere meanwhile, and be back because a gate withheld the very
 * batches that were merged: then it does not take effect either.
 */
final class FileUpdate {
  private final Table table;
  private final Set<BatchId> batches;

  /** A change of {@code table} that brings {@code batches}. */
  FileUpdate(Table table, Set<BatchId> batches) {
    this.table = table;
    this.batches = Set.copyOf(batches);
  }

  /** An append where nothing gives way, else a replacement of files or of rows. */
  SnapshotUpdate<?> of(Merge.Result result, OptionalLong head) {
    if (!result.marks().isEmpty()) {
      return onto(head, rows(result, head));
    }
    return result.removed().isEmpty() ? onto(head, append(result)) : onto(head, files(result));
  }

  private <U extends SnapshotUpdate<U>> U onto(OptionalLong head, U update) {
    return update.toBranch(Branches.AUDIT).validateWith(standsOn(head));
  }

  private AppendFiles append(Merge.Result result) {
    AppendFiles append = table.newAppend();
    result.added().forEach(append::appendFile);
    return append;
  }

  private OverwriteFiles files(Merge.Result result) {
    OverwriteFiles overwrite =
        table
            .newOverwrite()
            .deleteFiles(DataFileSet.of(result.removed()), DeleteFileSet.of(result.oldMarks()));
    result.added().forEach(overwrite::addFile);
    return overwrite;
  }

  private RowDelta rows(Merge.Result result, OptionalLong head) {
    RowDelta delta = table.newRowDelta();
    head.ifPresent(delta::validateFromSnapshot);
    result.added().forEach(delta::addRows);
    result.oldMarks().forEach(delta::removeDeletes);
    result.marks().forEach(delta::addDeletes);
    return delta;
  }

  private SnapshotAncestryValidator standsOn(OptionalLong head) {
    return ancestors -> {
      // The metadata that the ancestors are of, which the commit replaces or fails.
      if (Withheld.read(table.properties()).holdsAny(batches)) {
        return false;
      }
      Iterator<Snapshot> ancestry = ancestors.iterator();
      return ancestry.hasNext()
          ? head.isPresent() && ancestry.next().snapshotId() == head.getAsLong()
          : head.isEmpty();
    };
  }
}
