package io.sluice.simulation.lake;

import io.sluice.core.id.PipelineName;
import io.sluice.core.id.TableName;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.simulation.Chance;
import io.sluice.simulation.Trace;
import io.sluice.simulation.fault.Coverage;
import io.sluice.simulation.feed.Declared;
import io.sluice.simulation.feed.Kind;
import java.util.List;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;

/** Somebody with another engine, who knows nothing of audit. */
public final class Stranger {
  /** Stands in the summary of a snapshot in which he deleted rows, and says of which region. */
  public static final String DELETED = "rows-deleted";

  /** Of every region. */
  public static final String EVERYTHING = "*";

  private static final String REGION = "eu";

  private final SimulatedCatalog catalog;
  private final TableIdentifier identifier;
  private final Trace trace;
  private final Coverage coverage;
  private final Kind kind;
  private boolean isReverted;
  private long stood;
  private boolean hasCommitted;
  private boolean hasDeletedTags;
  private boolean hasDeletedRows;

  /** Who works on the table of a pipeline of {@code kind}. */
  public Stranger(SimulatedCatalog catalog, Kind kind, Trace trace, Coverage coverage) {
    this.catalog = catalog;
    this.identifier =
        SimulatedCatalog.identifier(TableName.curated(new PipelineName(Declared.NAME)));
    this.kind = kind;
    this.trace = trace;
    this.coverage = coverage;
  }

  /** Whether he deleted rows. */
  public boolean hasDeletedRows() {
    return hasDeletedRows;
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
              switch (chance.below(4)) {
                case 0 -> commit();
                case 1 -> deleteTag(metadata, chance);
                case 2 -> deleteRows(metadata);
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
    note("a stranger commits to main");
    hasCommitted = true;
    table().newAppend().set("engine", "another").commit();
  }

  private void note(String what) {
    coverage.saw(what);
    trace.add(what);
  }

  /** Deletes the rows of a region where that is a partition, or else all of main. */
  private void deleteRows(TableMetadata metadata) {
    if (isReverted || kind.keepsDeleted() || metadata.ref(Branches.MAIN) == null) {
      return;
    }
    hasCommitted = true;
    hasDeletedRows = true;
    DeleteFiles delete = table().newDelete().set("engine", "another");
    if (kind.isByRegion()) {
      note("a stranger deletes the rows of a region from main");
      delete.deleteFromRowFilter(Expressions.equal("region", REGION)).set(DELETED, REGION).commit();
    } else {
      note("a stranger deletes all rows from main");
      delete.deleteFromRowFilter(Expressions.alwaysTrue()).set(DELETED, EVERYTHING).commit();
    }
  }

  private void deleteTag(TableMetadata metadata, Chance chance) {
    List<String> tags =
        Watch.ancestry(metadata, Branches.MAIN).stream()
            .map(each -> Branches.TAG + each.snapshotId())
            .filter(metadata.refs()::containsKey)
            .toList();
    if (!tags.isEmpty() && !isReverted) {
      String tag = chance.pick(tags);
      coverage.saw("a stranger deletes a tag");
      trace.add("a stranger deletes " + trace.named(tag));
      hasDeletedTags = true;
      table().manageSnapshots().removeTag(tag).commit();
    }
  }

  /** Sets main back by one snapshot: to undo what Sluice published, or what he did himself. */
  private void revert(TableMetadata metadata) {
    List<Snapshot> main = Watch.ancestry(metadata, Branches.MAIN);
    if (main.size() < 2 || isReverted) {
      return;
    }
    isReverted = Summaries.isOurs(main.getFirst());
    stood = main.getFirst().snapshotId();
    hasCommitted |= !isReverted;
    coverage.saw(isReverted ? "a stranger sets main back" : "a stranger undoes what he did");
    trace.add("a stranger sets main back to " + trace.name(main.get(1).snapshotId()));
    table().manageSnapshots().rollbackTo(main.get(1).snapshotId()).commit();
  }

  /** Sets main where it stood before he set it back; says whether he did. */
  public boolean mend() {
    if (!isReverted) {
      return false;
    }
    isReverted = false;
    trace.add("somebody sets main to " + trace.name(stood));
    table().manageSnapshots().setCurrentSnapshot(stood).commit();
    return true;
  }
}
