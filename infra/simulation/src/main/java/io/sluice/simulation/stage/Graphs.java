package io.sluice.simulation.stage;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.SnapshotAuditedJson;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.BatchTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.QuarantineTable;
import io.sluice.curate.Curation;
import io.sluice.gate.Gating;
import io.sluice.gate.Publications;
import io.sluice.gate.Rules;
import io.sluice.gate.VerdictLog;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.land.Landing;
import io.sluice.simulation.World;
import io.sluice.simulation.fault.Fault;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** The graph of each stage, as its function wires it, over ports that go wrong. */
final class Graphs {
  /** Nothing is decided from the table of batches, and some worlds do not keep one. */
  private static final BatchTable NO_BATCHES =
      new BatchTable() {
        @Override
        public void index(SnapshotId snapshot) {}

        @Override
        public void index(List<LandedBatch> batches) {}
      };

  private final World world;

  Graphs(World world) {
    this.world = world;
  }

  /** The objects as {@code stage} has them. */
  ObjectStore store(Stage stage) {
    return store(stage, world.store());
  }

  private ObjectStore store(Stage stage, ObjectStore whole) {
    return world.wiring().store(stage, new FaultyStore(whole, world.faults()));
  }

  private Pipeline declared(Stage stage) {
    return world
        .faults()
        .call(
            "declaration", Fault.OF_READS, () -> world.wiring().declared(stage, world.pipeline()));
  }

  private <M> Announcer<M> announcer(Stage stage, Stage next, Function<M, String> write) {
    return announcer(
        stage,
        next.name().toLowerCase(Locale.ROOT),
        message -> world.queue(next).send(write.apply(message), 0));
  }

  private <M> Announcer<M> announcer(Stage stage, String to, Consumer<M> send) {
    return world
        .wiring()
        .announcer(
            stage,
            message ->
                world
                    .faults()
                    .call(
                        "announce to " + to,
                        Fault.OF_EFFECTS,
                        () -> {
                          send.accept(message);
                          return message;
                        }));
  }

  private BatchTable batches(Stage stage, Pipeline pipeline, ObjectStore store) {
    BatchTable port =
        world.hasBatchTable()
            ? FaultyTable.of(
                BatchTable.class,
                world
                    .tables()
                    .openBatches(pipeline, new IcebergBatches.Lake(store, world.layout())),
                world.faults(),
                world.files())
            : NO_BATCHES;
    return world.wiring().batches(stage, port);
  }

  Landing landing() {
    return new Landing(
        store(Stage.LAND),
        world.layout(),
        name -> declared(Stage.LAND),
        name -> {
          throw new IllegalArgumentException("No world has a registry: " + name);
        },
        announcer(Stage.LAND, Stage.CURATE, BatchLandedJson::write),
        world::now,
        World.CODE);
  }

  Curation curation() {
    Pipeline pipeline = declared(Stage.CURATE);
    CuratedTable table =
        FaultyTable.of(
            CuratedTable.class, world.tables().open(pipeline), world.faults(), world.files());
    QuarantineTable quarantine =
        FaultyTable.of(
            QuarantineTable.class,
            world.tables().openQuarantine(pipeline),
            world.faults(),
            world.files());
    Announcer<SnapshotAudited> gate =
        announcer(Stage.CURATE, Stage.GATE, SnapshotAuditedJson::write);
    return new Curation(
        pipeline.name(),
        world.wiring().curated(table),
        world.wiring().quarantine(quarantine),
        batches(Stage.CURATE, pipeline, store(Stage.CURATE)),
        gate);
  }

  Gating gating() {
    Pipeline pipeline = declared(Stage.GATE);
    VerdictCheck checked = new VerdictCheck(world);
    ObjectStore store = store(Stage.GATE, checked);
    AuditedTable table =
        world
            .wiring()
            .audited(
                new MeasuredTable(
                    FaultyTable.of(
                        AuditedTable.class,
                        world.tables().audited(pipeline),
                        world.faults(),
                        world.files()),
                    measures -> FaultyMeasures.of(measures, world.faults(), checked)));
    VerdictLog log = new VerdictLog(pipeline.name(), store, world.layout(), world::now, World.CODE);
    Rules rules =
        new Rules(
            pipeline.gates(),
            pipeline.contract()::fingerprint,
            world.wiring().judged(table),
            new Manifests(store)::find,
            log);
    Announcer<SnapshotPublished> listeners =
        announcer(Stage.GATE, "listeners", world.listeners()::hear);
    Publications publications = new Publications(pipeline.name(), table, log, listeners);
    BatchTable batches = batches(Stage.GATE, pipeline, store);
    return new Gating(
        table,
        rules,
        log,
        announcer(Stage.GATE, Stage.CURATE, BatchLandedJson::write),
        snapshot -> {
          publications.announce();
          batches.index(snapshot);
        });
  }
}
