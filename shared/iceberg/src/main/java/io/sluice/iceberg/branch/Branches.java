package io.sluice.iceberg.branch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** The two branches of a table as they stood when it was last refreshed. */
public final class Branches {
  /** The branch that curate commits to. */
  public static final String AUDIT = "audit";

  /** The branch that readers see. */
  public static final String MAIN = SnapshotRef.MAIN_BRANCH;

  /** What stands before the id of the snapshot in the name of a publication's tag. */
  public static final String TAG = "audited-";

  private final Table table;

  /** The branches of {@code table}. */
  public Branches(Table table) {
    this.table = table;
  }

  /** The head of main, which is absent until the first publication. */
  public OptionalLong main() {
    return head(MAIN);
  }

  /** The head of audit; where there is no such branch yet, the next commit to it stands on main. */
  public OptionalLong audit() {
    OptionalLong head = head(AUDIT);
    return head.isPresent() ? head : main();
  }

  /**
   * Whether audit stands on what main does not have: somebody else committed to main, or took back
   * what he had committed there.
   */
  public boolean isStranded() {
    OptionalLong main = main();
    return main.isPresent()
        && !isReverted()
        && (!isIn(audit(), main.getAsLong())
            || leftByMain().stream().anyMatch(snapshot -> !Summaries.isOurs(snapshot)));
  }

  /** Whether main lacks a snapshot of audit that was published: somebody set it back. */
  public boolean isReverted() {
    return leftByMain().stream().anyMatch(Summaries::isOurs);
  }

  /** The snapshots of audit that were on main once, and are no more. */
  private List<Snapshot> leftByMain() {
    Set<Snapshot> main = new HashSet<>(ancestry(main()));
    Set<Long> past = new HashSet<>();
    table.history().forEach(move -> past.add(move.snapshotId()));
    return ancestry(audit()).stream()
        .takeWhile(snapshot -> !main.contains(snapshot))
        .filter(
            snapshot ->
                past.contains(snapshot.snapshotId())
                    || table.refs().containsKey(TAG + snapshot.snapshotId()))
        .toList();
  }

  /** The snapshots from {@code head} back to the first, newest first. */
  public List<Snapshot> ancestry(OptionalLong head) {
    List<Snapshot> ancestry = new ArrayList<>();
    if (head.isPresent()) {
      SnapshotUtil.ancestorsOf(head.getAsLong(), table::snapshot).forEach(ancestry::add);
    }
    return ancestry;
  }

  /** Whether {@code snapshot} is {@code head} or one before it. */
  public boolean isIn(OptionalLong head, long snapshot) {
    Iterator<Snapshot> ancestry = ancestry(head).iterator();
    while (ancestry.hasNext()) {
      if (ancestry.next().snapshotId() == snapshot) {
        return true;
      }
    }
    return false;
  }

  private OptionalLong head(String branch) {
    SnapshotRef ref = table.refs().get(branch);
    return ref == null ? OptionalLong.empty() : OptionalLong.of(ref.snapshotId());
  }
}
