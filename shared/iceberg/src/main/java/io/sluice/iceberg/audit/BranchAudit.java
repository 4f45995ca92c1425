package io.sluice.iceberg.audit;

import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Holds both branches against the manifests and the verdicts: every snapshot was made by Sluice,
 * every account adds up, no batch is in twice, main is an ancestor of audit, and everything on main
 * was judged and passed.
 */
final class BranchAudit {
  private final Table table;
  private final Branches branches;
  private final Findings findings;

  BranchAudit(Table table, Findings findings) {
    this.table = table;
    this.branches = new Branches(table);
    this.findings = findings;
  }

  /** The accounts of the batches on audit, after checking its snapshots. */
  Map<BatchId, BatchAccount> audit(Map<BatchId, Manifest> manifests) {
    Map<BatchId, BatchAccount> accounts = new TreeMap<>();
    for (Snapshot snapshot : branches.ancestry(branches.audit()).reversed()) {
      if (!Summaries.isOurs(snapshot)) {
        stranger(snapshot, Branches.AUDIT);
        continue;
      }
      AuditSnapshot content = Summaries.read(snapshot);
      checkRows(content);
      content
          .accounts()
          .forEach(
              (batch, account) -> {
                checkAccount(content.id(), batch, account, manifests.get(batch));
                if (accounts.put(batch, account) != null) {
                  findings.add("batch-twice", batch, "a second snapshot has it: " + content.id());
                }
              });
    }
    return accounts;
  }

  /** Checks main, and gives the batches that are published. */
  Set<BatchId> main(PipelineName pipeline, ObjectStore store, Layout layout) {
    Set<BatchId> published = new HashSet<>();
    OptionalLong main = branches.main();
    Set<Long> audited = new HashSet<>();
    branches.ancestry(branches.audit()).forEach(snapshot -> audited.add(snapshot.snapshotId()));
    Verdicts verdicts = new Verdicts(pipeline, store, layout);
    for (Snapshot snapshot : branches.ancestry(main)) {
      SnapshotId id = new SnapshotId(snapshot.snapshotId());
      if (!audited.contains(id.value())) {
        findings.add("main-past-audit", id, "main holds this snapshot, and audit does not");
      }
      if (!Summaries.isOurs(snapshot)) {
        stranger(snapshot, Branches.MAIN);
        continue;
      }
      published.addAll(Summaries.read(snapshot).accounts().keySet());
      Optional<GateVerdict> verdict = verdicts.find(id);
      checkVerdict(id, verdict.map(GateVerdict::outcome).orElse(null));
    }
    return published;
  }

  private void stranger(Snapshot snapshot, String branch) {
    findings.add(
        "stranger-snapshot",
        snapshot.snapshotId(),
        String.format(
            "it is on %s and was not made by Sluice (%s, added rows %s, deleted rows %s)",
            branch,
            snapshot.operation(),
            snapshot.summary().getOrDefault("added-records", "0"),
            snapshot.summary().getOrDefault("deleted-records", "0")));
  }

  private void checkRows(AuditSnapshot content) {
    long grown =
        content.accounts().values().stream()
            .mapToLong(account -> account.merged().inserted() - account.merged().deleted())
            .sum();
    if (grown != content.addedRows()) {
      findings.add(
          "rows-not-accounted",
          content.id(),
          "it adds " + content.addedRows() + " rows, its accounts say " + grown);
    }
  }

  private void checkAccount(
      SnapshotId snapshot, BatchId batch, BatchAccount account, @Nullable Manifest manifest) {
    if (!account.isConserved()) {
      findings.add(
          "not-conserved", batch, "its account in " + snapshot + " is " + account.toText());
    }
    if (manifest == null) {
      findings.add("manifest-missing", batch, "snapshot " + snapshot + " has it, and no manifest");
    } else if (!manifest.counts().equals(account.landed())) {
      findings.add(
          "account-differs",
          batch,
          "snapshot "
              + snapshot
              + " says "
              + account.landed()
              + ", its manifest "
              + manifest.counts());
    }
  }

  private void checkVerdict(SnapshotId id, @Nullable GateOutcome verdict) {
    if (verdict != GateOutcome.PUBLISHED) {
      findings.add(
          "published-unaudited",
          id,
          "it is on main, and its verdict is " + (verdict == null ? "not there" : verdict.word()));
    }
    SnapshotRef tag = table.refs().get(Branches.TAG + id);
    if (tag == null || tag.snapshotId() != id.value()) {
      findings.add("tag-missing", id, "it is on main, and has no tag " + Branches.TAG + id);
    }
  }

  /** How many snapshots audit has. */
  long snapshots() {
    return branches.ancestry(branches.audit()).size();
  }

  /** Heads whose rows are to be counted: audit, and main where it is no ancestor of audit. */
  List<Long> headsToCount() {
    OptionalLong audit = branches.audit();
    OptionalLong main = branches.main();
    if (audit.isEmpty()) {
      return List.of();
    }
    return main.isPresent() && !branches.isIn(audit, main.getAsLong())
        ? List.of(audit.getAsLong(), main.getAsLong())
        : List.of(audit.getAsLong());
  }
}
