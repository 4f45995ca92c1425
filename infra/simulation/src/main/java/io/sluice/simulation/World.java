package io.sluice.simulation;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.Layout;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.iceberg.table.IcebergTables;
import io.sluice.simulation.fault.Coverage;
import io.sluice.simulation.fault.Faults;
import io.sluice.simulation.feed.Declared;
import io.sluice.simulation.feed.Feed;
import io.sluice.simulation.feed.Gates;
import io.sluice.simulation.feed.Kind;
import io.sluice.simulation.feed.Line;
import io.sluice.simulation.lake.SimulatedCatalog;
import io.sluice.simulation.lake.SimulatedFiles;
import io.sluice.simulation.lake.Stranger;
import io.sluice.simulation.lake.Templates;
import io.sluice.simulation.lake.Watch;
import io.sluice.simulation.queue.SimulatedQueue;
import io.sluice.simulation.stage.Stage;
import io.sluice.simulation.stage.Wiring;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything there is in one world. */
public final class World {
  /** The version of the code, as worlds have it. */
  public static final String CODE = "simulated";

  private static final Instant BEGINNING = Instant.parse("2026-01-04T00:00:00Z");

  private final Chance chance;
  private final Trace trace = new Trace();
  private final Faults faults;
  private final Declared.Reader declarations;
  private final Layout layout = new Layout("lake");
  private final InMemoryObjectStore store;
  private final SimulatedFiles files;
  private final SimulatedCatalog catalog;
  private final Wiring wiring;
  private final Map<Stage, SimulatedQueue> queues = new EnumMap<>(Stage.class);
  private final Map<ObjectName, Source> sources = new LinkedHashMap<>();
  private final Feed feed;
  private final Stranger stranger;
  private final Listeners listeners;
  private final Coverage coverage;
  private final boolean hasBatchTable;
  private Instant now = BEGINNING;
  private Declared declared;

  /** What all worlds of a run have together. */
  public record Shared(Declared.Reader declarations, Templates templates, Coverage coverage) {
    /** Nothing yet. */
    public Shared() {
      this(new Declared.Reader(), new Templates(), new Coverage());
    }
  }

  /** One input and its records. */
  public record Source(SourceObject object, List<Line> lines) {}

  /** The world that {@code seed} decides. */
  public World(long seed, Shared shared, Wiring wiring) {
    this.chance = new Chance(seed);
    this.wiring = wiring;
    this.declarations = shared.declarations();
    this.declared =
        new Declared(
            chance.pick(List.of(Kind.values())),
            chance.pick(List.of(Gates.values())),
            chance.happens(0.7));
    double rate = chance.pick(List.of(0.0, 0.01, 0.03, 0.06));
    this.faults = new Faults(chance.split(), rate, trace, shared.coverage());
    this.store = new InMemoryObjectStore(() -> now);
    this.files = new SimulatedFiles(store);
    this.catalog = new SimulatedCatalog(files, faults, wiring::table);
    this.feed = new Feed(chance.split(), declared.kind());
    queues.put(Stage.LAND, new SimulatedQueue("land", false));
    queues.put(Stage.CURATE, new SimulatedQueue("curate", true));
    queues.put(Stage.GATE, new SimulatedQueue("gate", true));
    this.coverage = shared.coverage();
    this.stranger = new Stranger(catalog, declared.kind(), trace, coverage);
    Watch watch = new Watch(trace, verdicts(), stranger, coverage);
    this.listeners = new Listeners(trace, watch);
    var table = SimulatedCatalog.identifier(pipeline().table());
    catalog.watch(
        (each, metadata) -> {
          if (each.equals(table)) {
            watch.look(metadata);
          }
        });
    if (chance.happens(0.85)) {
      shared.templates().restore(declared.kind(), pipeline(), catalog);
    }
    this.hasBatchTable = chance.happens(0.3);
    trace.add("seed " + seed + ": " + declared + ", faults at " + rate + " of the calls");
  }

  /** What else chance decides. */
  public Chance chance() {
    return chance;
  }

  /** What happened. */
  public Trace trace() {
    return trace;
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** How the stages are wired. */
  public Wiring wiring() {
    return wiring;
  }

  /** The objects as they are. */
  public InMemoryObjectStore store() {
    return store;
  }

  /** Where objects are. */
  public Layout layout() {
    return layout;
  }

  /** The files of tables. */
  public SimulatedFiles files() {
    return files;
  }

  /** The catalog. */
  public SimulatedCatalog catalog() {
    return catalog;
  }

  /** The tables. */
  public IcebergTables tables() {
    return new IcebergTables(catalog, CODE);
  }

  /** The queue in front of {@code stage}. */
  public SimulatedQueue queue(Stage stage) {
    return Objects.requireNonNull(queues.get(stage));
  }

  /** Who disturbs from outside. */
  public Stranger stranger() {
    return stranger;
  }

  /** Who is told of snapshots that readers see. */
  public Listeners listeners() {
    return listeners;
  }

  /** What worlds came to. */
  public Coverage coverage() {
    return coverage;
  }

  /** Whether the table of batches is kept here, which costs as much as the rest. */
  public boolean hasBatchTable() {
    return hasBatchTable;
  }

  /** The verdicts in the lake. */
  public Verdicts verdicts() {
    return new Verdicts(new PipelineName(Declared.NAME), store, layout);
  }

  /** What it is now. */
  public Instant now() {
    return now;
  }

  /** Time passes. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** The pipeline as it is declared now. */
  public Declared declared() {
    return declared;
  }

  /** Takes the rule out of the declaration. */
  public void mend() {
    declared = declared.mended();
  }

  /** The pipeline as it is declared now. */
  public Pipeline pipeline() {
    return declarations.read(declared);
  }

  /** The pipeline as it was declared under the contract of that fingerprint. */
  public Declared declaredUnder(String fingerprint) {
    Declared ruled = new Declared(declared.kind(), declared.gates(), true);
    return declarations.read(ruled).contract().fingerprint().equals(fingerprint)
        ? ruled
        : ruled.mended();
  }

  /** All inputs by their names; replays are not among them. */
  public Map<ObjectName, Source> sources() {
    return sources;
  }

  /** One more input arrives, and is announced. */
  public void arrive() {
    List<Line> lines = feed.next();
    String key = Layout.landingPrefix(pipeline().name()) + "in-" + (sources.size() + 1) + ".ndjson";
    ObjectName name = new ObjectName("landing", key);
    SourceObject object = store.put(name, feed.content(lines));
    sources.put(name, new Source(object, lines));
    String batch = "b" + sources.size();
    trace.call(BatchId.of(pipeline().name(), object), batch);
    trace.add("arrives " + batch + ": " + lines);
    announce(object);
  }

  /** Says that an input is there, perhaps twice, perhaps late. */
  public void announce(SourceObject object) {
    String body = object.name().key() + " " + object.version();
    queue(Stage.LAND).send(body, chance.below(4));
    if (chance.happens(0.15)) {
      queue(Stage.LAND).send(body, chance.below(6));
    }
  }
}
