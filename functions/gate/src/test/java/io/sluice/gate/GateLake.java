package io.sluice.gate;

import static io.sluice.iceberg.lake.Orders.order;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.CuratedTable.AuditHead;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.verdict.Gated;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import io.sluice.testkit.crash.Crashes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A lake with batches that were curated, one snapshot each, and gate over it. */
final class GateLake {
  /** Somebody's, for some reason. */
  static final Decision DECISION =
      new Decision("ada", "a known outage", Instant.parse("2026-01-03T00:00:00Z"));

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline;
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private final InMemoryQueue<SnapshotPublished> published = new InMemoryQueue<>();
  private final List<LandedBatch> batches = new ArrayList<>();
  private final List<SnapshotId> snapshots = new ArrayList<>();

  /** With these gates, each as in {@code pipeline.yaml}. */
  GateLake(String... gates) {
    this.pipeline = Orders.declare(lake, gates);
  }

  TestLake lake() {
    return lake;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  IcebergTable table() {
    return lake.table(pipeline);
  }

  InMemoryQueue<BatchLanded> curate() {
    return curate;
  }

  /** What everybody was told of. */
  InMemoryQueue<SnapshotPublished> published() {
    return published;
  }

  /** The snapshot of the {@code number}th batch, from 0. */
  SnapshotId snapshot(int number) {
    return snapshots.get(number);
  }

  LandedBatch batch(int number) {
    return batches.get(number);
  }

  /** Lands and commits a batch of {@code lines}. */
  SnapshotId add(String... lines) {
    batches.add(lake.land(pipeline, "" + batches.size(), lines));
    snapshots.add(commit(batches.getLast()));
    return snapshots.getLast();
  }

  /** Lands and commits a batch of one order that is known by the batch's number. */
  SnapshotId addOrder() {
    return add(order("" + batches.size(), 1));
  }

  private SnapshotId commit(LandedBatch batch) {
    CuratedTable table = table();
    CommitOutcome outcome = table.commit(table.stage(table.head(), List.of(batch)));
    return ((CommitOutcome.Committed) outcome).snapshot();
  }

  Gating gating() {
    return gating(Crashes.none());
  }

  /** The stage over ports of which one dies. */
  Gating gating(Crashes crashes) {
    AuditedTable table = crashes.audited(table());
    ObjectStore store = crashes.store(lake.store());
    VerdictLog log =
        new VerdictLog(pipeline.name(), store, lake.layout(), lake::now, TestLake.CODE);
    Manifests manifests = new Manifests(store);
    return new Gating(
        table,
        new Rules(pipeline.gates(), pipeline.contract()::fingerprint, table, manifests::find, log),
        log,
        crashes.announcer(curate),
        snapshot -> {
          new Publications(pipeline.name(), table, log, crashes.announcer(published)).announce();
          crashes.call("index", () -> lake.batches(pipeline).index(snapshot));
        });
  }

  /** The stage under other rules than those that are declared. */
  Gating gating(List<GateRule> rules) {
    VerdictLog log =
        new VerdictLog(pipeline.name(), lake.store(), lake.layout(), lake::now, TestLake.CODE);
    Manifests manifests = new Manifests(lake.store());
    IcebergTable table = table();
    return new Gating(
        table,
        new Rules(rules, pipeline.contract()::fingerprint, table, manifests::find, log),
        log,
        curate,
        lake.batches(pipeline)::index);
  }

  /** To resume up to audit's head. */
  GateRequest.Resume resumption(String... accepted) {
    SnapshotId head = lake.reader(pipeline).resolve("audit").orElseThrow();
    return new GateRequest.Resume(pipeline.name(), head, Set.of(accepted), DECISION);
  }

  /** To settle one batch, by its number. */
  GateRequest.Settle settlement(Settlement.Way way, SnapshotId snapshot, int number) {
    return new GateRequest.Settle(
        pipeline.name(), snapshot, Set.of(batch(number).id()), way, DECISION);
  }

  Verdicts verdicts() {
    return new Verdicts(pipeline.name(), lake.store(), lake.layout());
  }

  Gated gate(SnapshotId snapshot) {
    return gating().gate(snapshot);
  }

  /** Curates what gate handed back and gates that, until nobody has anything to say. */
  void settle() {
    Deque<BatchLanded> open = new ArrayDeque<>(curate.drain());
    while (!open.isEmpty()) {
      LandedBatch batch = new Manifests(lake.store()).confirm(open.removeFirst());
      AuditHead head = table().head();
      if (!head.isWithheld(batch.id())) {
        gate(head.commitOf(batch.id()).orElseGet(() -> commit(batch)));
        open.addAll(curate.drain());
      }
    }
  }

  /** Curates the one batch that gate handed back, and gates nothing. */
  SnapshotId curateAgain() {
    return commit(new Manifests(lake.store()).confirm(curate.drain().getFirst()));
  }

  /** The snapshots of main, newest first. */
  List<SnapshotId> mainSnapshots() {
    return table().published(Integer.MAX_VALUE).stream().map(AuditSnapshot::id).toList();
  }

  List<String> main() {
    return lake.rows(pipeline, "main");
  }
}
