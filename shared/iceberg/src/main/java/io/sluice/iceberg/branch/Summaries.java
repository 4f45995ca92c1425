package io.sluice.iceberg.branch;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.AuditedTable.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/**
 * What Sluice writes into the summary of a snapshot: for each batch its account and where its
 * manifest is, and the version of the code that committed it.
 */
public final class Summaries {
  /** The version of the code that made the snapshot. */
  public static final String CODE = "sluice.code";

  /** The fingerprint of the contract that it was made under. */
  public static final String CONTRACT = "sluice.contract";

  /**
   * By how many rows the table grew more than records were inserted less deleted: rows that are
   * kept though they are deleted, less those of which a truncation took more than one, less those
   * in files written again that another engine had deleted before.
   */
  public static final String OFF_ACCOUNT = "sluice.off-account";

  /** How its batches came, in lower case; absent where they just arrived. */
  public static final String ORIGIN = "sluice.origin";

  /** How often its batches had fields that the contract does not know; absent where none had. */
  public static final String UNKNOWN = "sluice.unknown";

  /**
   * The file with the records that were refused for another content: its rows, bytes and name;
   * nothing where none was, absent where they are not kept.
   */
  public static final String CONFLICTS = "sluice.conflicts";

  private static final String BATCH = "sluice.batch.";
  private static final String MANIFEST = "sluice.manifest.";

  private Summaries() {}

  /** The name under which the account of {@code batch} stands. */
  public static String batchKey(BatchId batch) {
    return BATCH + batch;
  }

  /** The name under which the place of the manifest of {@code batch} stands. */
  public static String manifestKey(BatchId batch) {
    return MANIFEST + batch;
  }

  /** In the table of rejected records: whose conflicts of {@code batch} it has, a snapshot. */
  public static String conflictsKey(BatchId batch) {
    return CONFLICTS + "." + batch;
  }

  /** The batches of which something stands in the summary of {@code snapshot}. */
  public static List<BatchId> batches(Snapshot snapshot) {
    return List.copyOf(byBatch(snapshot.summary(), BATCH, text -> text).keySet());
  }

  /** Whether {@code snapshot} was made by Sluice. */
  public static boolean isOurs(Snapshot snapshot) {
    return snapshot.summary().containsKey(CODE);
  }

  /**
   * What the summary of {@code snapshot} says.
   *
   * @throws IllegalArgumentException when it says it in no form of ours
   */
  public static AuditSnapshot read(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return new AuditSnapshot(
        new SnapshotId(snapshot.snapshotId()),
        byBatch(summary, BATCH, BatchAccount::parse),
        byBatch(summary, MANIFEST, ObjectName::parse),
        addedRows(summary),
        summary.getOrDefault(CONTRACT, ""),
        Origin.valueOf(summary.getOrDefault(ORIGIN, Origin.LIVE.name()).toUpperCase(Locale.ROOT)));
  }

  /** Rows of files, less those that deletion vectors mark, less those that are off account. */
  private static long addedRows(Map<String, String> summary) {
    return number(summary, SnapshotSummary.ADDED_RECORDS_PROP)
        - number(summary, SnapshotSummary.DELETED_RECORDS_PROP)
        - number(summary, SnapshotSummary.ADDED_POS_DELETES_PROP)
        + number(summary, SnapshotSummary.REMOVED_POS_DELETES_PROP)
        - number(summary, OFF_ACCOUNT);
  }

  /** What {@code snapshot} says under {@link #OFF_ACCOUNT}. */
  public static long offAccount(Snapshot snapshot) {
    return number(snapshot.summary(), OFF_ACCOUNT);
  }

  private static long number(Map<String, String> summary, String name) {
    return Long.parseLong(summary.getOrDefault(name, "0"));
  }

  private static <T> Map<BatchId, T> byBatch(
      Map<String, String> summary, String prefix, Function<String, T> value) {
    Map<BatchId, T> values = new TreeMap<>();
    summary.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            values.put(new BatchId(name.substring(prefix.length())), value.apply(text));
          }
        });
    return values;
  }
}
