package io.sluice.simulation.lake;

import io.sluice.iceberg.branch.Branches;
import io.sluice.simulation.Chance;
import io.sluice.simulation.Trace;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/** Somebody with another engine, who knows nothing of audit. */
public final class Stranger {
  private final SimulatedCatalog catalog;
  private final TableIdentifier identifier;
  private final Trace trace;
  private boolean isReverted;
  private boolean hasCommitted;
  private boolean hasDeletedTags;

  /** Who works on that table. */
  public Stranger(SimulatedCatalog catalog, TableIdentifier identifier, Trace trace) {
    this.catalog = catalog;
    this.identifier = identifier;
    this.trace = trace;
  }

  /** Whether he committed to main. */
  public boolean hasCommitted() {
    return hasCommitted;
  }

  /** Whether he set main back, and it stands there. */
  public boolean hasReverted() {
    return isReverted;
  }

  /** Whether he deleted a tag. */
  public boolean hasDeletedTags() {
    return hasDeletedTags;
  }

  /** Does something that {@code chance} chooses. */
  public void act(Chance chance) {
    catalog
        .metadata(identifier)
        .ifPresent(
            metadata -> {
              switch (chance.below(3)) {
                case 0 -> commit();
                case 1 -> deleteTag(metadata, chance);
                default -> revert(metadata);
              }
            });
  }

  private Table table() {
    return catalog.loadTable(identifier);
  }

  private void commit() {
    if (isReverted) {
      return;
    }
    trace.add("a stranger commits to main");
    hasCommitted = true;
    table().newAppend().set("engine", "another").commit();
  }

  private void deleteTag(TableMetadata metadata, Chance chance) {
    List<String> tags =
        Watch.ancestry(metadata, Branches.MAIN).stream()
            .map(each -> Branches.TAG + each.snapshotId())
            .filter(metadata.refs()::containsKey)
            .toList();
    if (!tags.isEmpty() && !isReverted) {
      String tag = chance.pick(tags);
      trace.add("a stranger deletes " + trace.named(tag));
      hasDeletedTags = true;
      table().manageSnapshots().removeTag(tag).commit();
    }
  }

  /** Sets main back by one snapshot, if that one keeps its tag. */
  private void revert(TableMetadata metadata) {
    List<Snapshot> main = Watch.ancestry(metadata, Branches.MAIN);
    if (main.size() > 1
        && !isReverted
        && metadata.refs().containsKey(Branches.TAG + main.getFirst().snapshotId())) {
      isReverted = true;
      trace.add("a stranger sets main back to " + trace.name(main.get(1).snapshotId()));
      table().manageSnapshots().rollbackTo(main.get(1).snapshotId()).commit();
    }
  }

  /** Sets main where it stood before he set it back, to the newest tag; says whether he did. */
  public boolean mend() {
    if (!isReverted) {
      return false;
    }
    isReverted = false;
    TableMetadata metadata = catalog.metadata(identifier).orElseThrow();
    for (Snapshot each : Watch.ancestry(metadata, Branches.AUDIT)) {
      String tag = Branches.TAG + each.snapshotId();
      if (metadata.refs().containsKey(tag)) {
        trace.add("somebody sets main to " + trace.named(tag));
        table().manageSnapshots().fastForwardBranch(Branches.MAIN, tag).commit();
        return true;
      }
    }
    return true;
  }
}
