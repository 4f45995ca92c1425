package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.iceberg.merge.FileChanges.Replaced;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;

/**
 * Merges batches into a snapshot, as the pipeline declares: what stays goes into data files, and
 * every record is counted by what became of it.
 */
public final class Merge {
  /** Of each key of an append about 64 bytes are kept, with room to grow. */
  private static final long MOST_APPENDED = 2_000_000;

  /** Of each key whose row may change up to 300 bytes are kept. */
  private static final long MOST_REPLACED = 1_000_000;

  /** Of each key that changes come for also where they stood, and a deletion. */
  private static final long MOST_CHANGED = 500_000;

  private final Table table;
  private final Pipeline pipeline;
  private final KnownKeys known;
  private final long mostAtOnce;

  /**
   * A merge into {@code table}, which is that of {@code pipeline}.
   *
   * @param known keys of data files, kept from merge to merge
   */
  public Merge(Table table, Pipeline pipeline, KnownKeys known) {
    this(table, pipeline, known, mostAtOnce(pipeline.transformation().merge().mode()));
  }

  /** A merge that keeps in memory what it has to of the keys of so many records. */
  Merge(Table table, Pipeline pipeline, KnownKeys known, long mostAtOnce) {
    this.table = table;
    this.pipeline = pipeline;
    this.known = known;
    this.mostAtOnce = mostAtOnce;
  }

  private static long mostAtOnce(Mode mode) {
    return switch (mode) {
      case APPEND -> MOST_APPENDED;
      case UPSERT -> MOST_REPLACED;
      case CDC -> MOST_CHANGED;
    };
  }

  /** What a merge came to. */
  public static final class Result {
    private final List<DataFile> added;
    private final Replaced replaced;
    private final Map<BatchId, BatchAccount> accounts;
    private final Map<String, String> notes;

    Result(
        List<DataFile> added,
        Replaced replaced,
        Map<BatchId, BatchAccount> accounts,
        Map<String, String> notes) {
      this.added = List.copyOf(added);
      this.replaced = replaced;
      this.accounts = Map.copyOf(accounts);
      this.notes = Map.copyOf(notes);
    }

    /** Data files that the table gets. */
    public List<DataFile> added() {
      return added;
    }

    /** Data files that the table loses; what stays of them is in {@link #added}. */
    public List<DataFile> removed() {
      return replaced.dataFiles();
    }

    /** Deletion vectors that the table gets, at most one for each data file. */
    public List<DeleteFile> marks() {
      return replaced.marks();
    }

    /** Deletion vectors that the table loses: what they say is in {@link #marks}, or needless. */
    public List<DeleteFile> oldMarks() {
      return replaced.oldMarks();
    }

    /** What became of the records of each batch. */
    public Map<BatchId, BatchAccount> accounts() {
      return accounts;
    }

    /** What the snapshot's summary has to say beside the accounts. */
    public Map<String, String> notes() {
      return notes;
    }
  }

  /**
   * Merges {@code batches} on the snapshot {@code head}, or on an empty table. Files are named
   * after {@code operation}.
   *
   * @param refusals gets every record whose key stands there with another content
   * @throws io.sluice.core.failure.InvalidMessage when a raw file is not what its manifest says
   */
  public Result run(
      Collection<LandedBatch> batches, OptionalLong head, String operation, Refusals refusals) {
    MergeTarget target = new MergeTarget(table, pipeline, head, operation, known);
    RawBatches raw = new RawBatches(table, pipeline, batches);
    List<KeyPart> parts = KeyPart.of(raw.count(), mostAtOnce);
    try {
      return target.policy().changesRows()
          ? ReplacingMerge.run(target, raw, parts)
          : AppendMerge.run(target, raw, parts, refusals);
    } catch (IOException e) {
      throw new TransientFailure(
          "Cannot write data files of " + table.name() + ": " + e.getMessage(), e);
    }
  }
}
