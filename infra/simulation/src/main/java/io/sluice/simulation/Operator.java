package io.sluice.simulation;

import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.GateRequestJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.Release;
import io.sluice.core.batch.Replay;
import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.id.SourceObject;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.simulation.lake.LakeReading;
import io.sluice.simulation.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Whoever looks after the pipeline with the command line. */
public final class Operator {
  private final World world;
  private final LakeReading lake;
  private final Map<String, Set<String>> accepted = new TreeMap<>();
  private final Map<String, Settlement.Way> settled = new TreeMap<>();
  private int decisions;
  private int replays;

  /** That of {@code world}. */
  public Operator(World world) {
    this.world = world;
    this.lake = new LakeReading(world);
  }

  /** The gates that each decision, known by its reason, accepted. */
  public Map<String, Set<String>> accepted() {
    return accepted;
  }

  /** Whether he decided that {@code batch} never comes back. */
  public boolean hasDiscarded(BatchId batch) {
    return settled.entrySet().stream()
        .anyMatch(
            each ->
                each.getValue() == Settlement.Way.DISCARD && each.getKey().endsWith("." + batch));
  }

  /** Does something, if there is something to do. */
  public void act() {
    List<BooleanSupplier> acts =
        List.of(
            this::releaseHeld,
            this::settle,
            () -> resume(0.4, world.chance().happens(0.1)),
            this::replay);
    int first = world.chance().below(acts.size());
    for (int i = 0; i < acts.size(); i++) {
      if (acts.get((first + i) % acts.size()).getAsBoolean()) {
        return;
      }
    }
  }

  /** Settles what waits, so that everything ends; says whether something waited. */
  public boolean finish() {
    boolean isMended = world.stranger().mend();
    boolean hasSettled = settle();
    return resume(1, isMended) || hasSettled;
  }

  private Decision decision(String what) {
    return new Decision("ada", what + " " + ++decisions, world.now());
  }

  private boolean releaseHeld() {
    Manifests manifests = new Manifests(world.store());
    for (Map.Entry<ObjectName, Manifest> each : lake.manifests().entrySet()) {
      if (each.getValue().status() instanceof LandStatus.Held
          && manifests.release(each.getKey()).isEmpty()) {
        world.trace().add(world.trace().named("operator lets go on " + each.getValue().batch()));
        manifests.release(
            each.getKey(), new Release(each.getValue().batch(), "good enough", world.now()));
        world
            .queue(Stage.CURATE)
            .send(BatchLandedJson.write(each.getValue().announcement(each.getKey())), 0);
        return true;
      }
    }
    return false;
  }

  private boolean settle() {
    for (Map.Entry<BatchId, SnapshotId> each : lake.withheld().waiting().entrySet()) {
      String what = each.getValue() + "." + each.getKey();
      if (!settled.containsKey(what)) {
        Settlement.Way way =
            world.chance().happens(0.6) ? Settlement.Way.RELEASE : Settlement.Way.DISCARD;
        settled.put(what, way);
        world.coverage().saw(way.word());
        world.trace().add(world.trace().named("operator: " + way + " " + each));
        request(
            new GateRequest.Settle(
                world.pipeline().name(),
                each.getValue(),
                Set.of(each.getKey()),
                way,
                decision("settle")));
        return true;
      }
    }
    return false;
  }

  /**
   * Resumes, accepting that share of what failed. Where nothing is halted, it is the stages' own
   * business to go on.
   */
  private boolean resume(double share, boolean anyhow) {
    Optional<SnapshotId> audit = anyhow ? lake.auditHead() : lake.unpublished();
    Set<String> failed = new TreeSet<>();
    for (SnapshotId each : lake.awaiting()) {
      world
          .verdicts()
          .find(each)
          .filter(verdict -> verdict.outcome() == GateOutcome.HALTED)
          .map(GateVerdict::results)
          .orElse(List.of())
          .stream()
          .filter(GateResult::failed)
          .forEach(result -> failed.add(result.terms().name()));
    }
    if (audit.isEmpty() || (failed.isEmpty() && !anyhow)) {
      return false;
    }
    failed.remove("conservation");
    failed.removeIf(ignored -> !world.chance().happens(share));
    world.coverage().saw(failed.isEmpty() ? "resume" : "resume --accept");
    Decision decision = decision("resume");
    accepted.put(decision.reason(), failed);
    world
        .trace()
        .add("operator resumes " + world.trace().name(audit.get()) + ", accepts " + failed);
    request(new GateRequest.Resume(world.pipeline().name(), audit.get(), failed, decision));
    return true;
  }

  private void request(GateRequest request) {
    world.queue(Stage.GATE).send(GateRequestJson.write(request), 0);
  }

  private boolean replay() {
    if (world.chance().happens(0.5) && world.declared().hasRule()) {
      world.trace().add("operator takes the rule out of the declaration");
      world.mend();
    }
    Map<SourceObject, Set<Long>> chosen =
        new TreeMap<>(java.util.Comparator.comparing(SourceObject::toString));
    for (QuarantineEntry entry : lake.rejected()) {
      QuarantineStatus status = entry.status();
      if (status.isUnsettled() && world.chance().happens(0.7)) {
        chosen
            .computeIfAbsent(entry.quarantined().origin().source(), ignored -> new TreeSet<>())
            .add(entry.quarantined().record().ordinal());
      }
    }
    if (chosen.isEmpty()) {
      return false;
    }
    List<Replay.Part> parts = new ArrayList<>();
    chosen.forEach((source, ordinals) -> parts.add(new Replay.Part(source, List.copyOf(ordinals))));
    Replay replay =
        new Replay(world.pipeline().name(), world.pipeline().contract().fingerprint(), parts);
    String key = Layout.replayPrefix(world.pipeline().name()) + "replay-" + ++replays + ".json";
    SourceObject object =
        world.store().put(new ObjectName("landing", key), ReplayJson.write(replay));
    world.trace().call(BatchId.of(world.pipeline().name(), object), "r" + replays);
    world.trace().add("operator replays " + chosen.values() + " as r" + replays);
    world.announce(object);
    return true;
  }
}
