package io.sluice.iceberg.audit;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.BatchId;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.audit.QuarantineAudit.Refused;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.quarantine.QuarantineReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Audits one pipeline's part of a lake. Memory grows with the number of rows: some 100 bytes for
 * each key.
 */
public final class Auditor {
  private final ObjectStore store;
  private final Layout layout;

  /** An auditor of the lake in {@code store}. */
  public Auditor(ObjectStore store, Layout layout) {
    this.store = store;
    this.layout = layout;
  }

  /**
   * Checks everything that can be checked, and reports all that is wrong.
   *
   * @param quarantine the table of rejected records; empty where there is none
   * @param batches the table of batches; empty where there is none
   */
  public AuditReport audit(
      Pipeline pipeline,
      Table table,
      List<QuarantineReader> quarantine,
      List<BatchReader> batches) {
    Findings findings = new Findings();
    Map<BatchId, Manifest> manifests =
        new ManifestAudit(store, table, findings).run(pipeline.name(), layout);
    BranchAudit branches = new BranchAudit(table, findings);
    Map<BatchId, BatchAccount> accounts = branches.audit(manifests);
    new QuarantineAudit(store, manifests, findings)
        .run(quarantine, everCurated(table), refused(table), accounts.keySet());
    Set<BatchId> published = branches.main(pipeline.name(), store, layout);
    RowAudit rows = new RowAudit(table, pipeline, findings);
    List<Long> counted =
        branches.headsToCount().stream().map(head -> rows.run(head, accounts)).toList();
    if (findings.all().isEmpty()) {
      index(pipeline, table, batches, manifests, findings);
    }
    return new AuditReport(
        manifests.size(),
        branches.snapshots(),
        counted.isEmpty() ? 0 : counted.getFirst(),
        accounts.values().stream().reduce(BatchAccount.NONE, BatchAccount::plus),
        pending(manifests, published),
        findings.all());
  }

  /** What is made of manifests, snapshots and verdicts is held against those that are sound. */
  private void index(
      Pipeline pipeline,
      Table table,
      List<BatchReader> batches,
      Map<BatchId, Manifest> manifests,
      Findings findings) {
    IcebergBatches.Lake lake = new IcebergBatches.Lake(store, layout);
    for (BatchReader reader : batches) {
      reader
          .differences(table, pipeline.name(), lake, manifests)
          .forEach(each -> findings.add(each.code(), each.batch(), each.detail()));
    }
  }

  /** The batches of every snapshot, on a branch or withdrawn. */
  private static Set<BatchId> everCurated(Table table) {
    Set<BatchId> curated = new HashSet<>();
    table.snapshots().forEach(snapshot -> curated.addAll(Summaries.batches(snapshot)));
    return curated;
  }

  /** How many records of each batch the merges that keep them refused. */
  private static Map<BatchId, Refused> refused(Table table) {
    Map<BatchId, Refused> refused = new HashMap<>();
    StreamSupport.stream(table.snapshots().spliterator(), false)
        .filter(snapshot -> snapshot.summary().containsKey(Summaries.CONFLICTS))
        .sorted(Comparator.comparingLong(Snapshot::sequenceNumber))
        .forEach(
            snapshot ->
                Summaries.read(snapshot)
                    .accounts()
                    .forEach(
                        (batch, account) ->
                            refused.merge(
                                batch,
                                new Refused(account.merged().conflicting(), 0),
                                (before, now) -> before.again(now.latest()))));
    return refused;
  }

  private static List<String> pending(Map<BatchId, Manifest> manifests, Set<BatchId> published) {
    List<String> pending = new ArrayList<>();
    for (BatchId batch : ManifestAudit.announced(manifests)) {
      if (!published.contains(batch)) {
        pending.add(batch.value());
      }
    }
    return pending;
  }
}
