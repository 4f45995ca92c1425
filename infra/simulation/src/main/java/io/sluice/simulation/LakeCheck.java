package io.sluice.simulation;

import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Replay;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.simulation.feed.Gates;
import io.sluice.simulation.feed.Line;
import io.sluice.simulation.lake.LakeReading;
import io.sluice.simulation.lake.LakeReading.Node;
import io.sluice.simulation.lake.Stranger;
import io.sluice.simulation.model.Batch;
import io.sluice.simulation.model.Fates;
import io.sluice.simulation.model.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds a world that has ended against the auditor and against the model. */
final class LakeCheck {
  private final World world;
  private final Operator operator;
  private final LakeReading lake;
  private final Map<String, Batch> batches = new TreeMap<>();
  private final Map<BatchId, Manifest> manifests = new TreeMap<>();
  private final Map<Long, Rows> states = new HashMap<>();
  private final Map<Long, Map<String, Fates>> fates = new HashMap<>();

  LakeCheck(World world, Operator operator) {
    this.world = world;
    this.operator = operator;
    this.lake = new LakeReading(world);
  }

  void run() {
    lake.manifests().forEach(this::checkManifest);
    requireLanded();
    lake.snapshots().forEach(this::checkSnapshot);
    checkRows("main", lake.main());
    checkRows("audit", lake.audit());
    checkEnds();
    new VerdictsCheck(world, operator, lake, states, fates).run();
    world.listeners().check(lake);
    if (world.hasBatchTable()) {
      new BatchesCheck(world, operator, lake, manifests).run();
    }
    lake.audited().ifPresent(report -> new FindingsCheck(world).check(report));
  }

  private void requireLanded() {
    for (World.Source each : world.sources().values()) {
      BatchId batch = BatchId.of(world.pipeline().name(), each.object());
      if (!manifests.containsKey(batch)) {
        world.trace().violation("batch " + batch + " is not landed");
      }
    }
  }

  private void checkManifest(ObjectName name, Manifest manifest) {
    boolean hasRule = world.declaredUnder(manifest.contract()).hasRule();
    boolean isReplay = Layout.isReplay(manifest.source().name());
    List<Line> lines = isReplay ? replayed(manifest) : lines(manifest.source().name());
    List<Batch.Accepted> accepted = new ArrayList<>();
    int nulls = 0;
    for (int ordinal = 0; ordinal < lines.size(); ordinal++) {
      Line line = lines.get(ordinal);
      boolean isRow = !line.isDeletion() && !line.isTruncation();
      if (!isRow || !(line.breaksContract() || (hasRule && line.breaksRule()))) {
        accepted.add(accepted(ordinal, line));
        nulls += !isRow || line.amount().equals("null") ? 1 : 0;
      }
    }
    manifests.put(manifest.batch(), manifest);
    batches.put(
        manifest.batch().value(),
        new Batch(manifest.batch().value(), manifest.sourceModified().toEpochMilli(), accepted));
    int rejected = lines.size() - accepted.size();
    boolean isHeld =
        !isReplay && (rejected > 0.5 * lines.size() || failsGates(accepted.size(), nulls));
    String wanted =
        "read %d, accepted %d, %s"
            .formatted(lines.size(), accepted.size(), isHeld ? "held" : "accepted");
    String found =
        "read %d, accepted %d, %s"
            .formatted(
                manifest.counts().read(), manifest.counts().accepted(), manifest.status().word());
    require(wanted, found, "manifest of " + manifest.batch());
  }

  private boolean failsGates(int accepted, int nulls) {
    return world.declared().gates().areOfBatches()
        && (accepted < Gates.FEWEST_LANDED
            || (accepted > 0 && (double) nulls / accepted > Gates.MOST_LANDED_NULLS));
  }

  private Batch.Accepted accepted(int ordinal, Line line) {
    boolean isOfChanges = world.declared().kind().isOfChanges();
    String key =
        world.declared().kind().isPerPartition() ? line.id() + "|" + line.region() : line.id();
    return new Batch.Accepted(
        ordinal,
        line.op(),
        key,
        isOfChanges ? line.position() : line.at(),
        line.row(),
        line.amount().equals("null") || line.breaksContract()
            ? Double.NaN
            : Double.parseDouble(line.amount()));
  }

  private List<Line> lines(ObjectName source) {
    return Objects.requireNonNull(world.sources().get(source)).lines();
  }

  private List<Line> replayed(Manifest manifest) {
    Replay replay =
        ReplayJson.read(
            world.store().read(manifest.source().name(), ReplayJson.MAX_BYTES).orElseThrow());
    List<Line> lines = new ArrayList<>();
    for (Replay.Part part : replay.parts()) {
      List<Line> all = lines(part.source().name());
      part.ordinals().forEach(ordinal -> lines.add(all.get(ordinal.intValue())));
    }
    return lines;
  }

  private void checkSnapshot(Node node) {
    Rows rows =
        node.parents().isEmpty()
            ? new Rows(world.declared().kind().keepsFirst())
            : Objects.requireNonNull(states.get(node.parents().getFirst())).copy();
    String lost = node.said().getOrDefault(Stranger.DELETED, "");
    if (!lost.isEmpty()) {
      String region = "\"region\":\"" + lost + "\"";
      rows.lose(row -> lost.equals(Stranger.EVERYTHING) || row.contains(region));
    }
    List<Batch> own = new ArrayList<>();
    for (BatchId batch : node.content().accounts().keySet()) {
      Batch known = batches.get(batch.value());
      if (known == null) {
        world.trace().violation("batch " + batch + " is in a snapshot, and not landed");
      } else {
        own.add(known);
      }
    }
    Map<String, Fates> came = rows.add(own);
    states.put(node.id(), rows);
    fates.put(node.id(), came);
    node.content().accounts().forEach((batch, account) -> checkAccount(node, batch, account));
  }

  private void checkAccount(Node node, BatchId batch, BatchAccount account) {
    Manifest manifest = manifests.get(batch);
    if (manifest == null) {
      return;
    }
    Fates wanted = Objects.requireNonNull(fates.get(node.id())).get(batch.value());
    require(
        manifest.counts() + " " + (wanted == null ? "nothing" : told(wanted.toString())),
        account.landed() + " " + told(text(account)),
        "account of " + batch + " in " + world.trace().name(node.id()));
  }

  private static String text(BatchAccount account) {
    String text = account.toText();
    return text.substring(text.indexOf("inserted"));
  }

  /**
   * Of a change that is older than its key's row, what is remembered of deletions before that row
   * decides whether it is called a duplicate or superseded: both are one here.
   */
  private String told(String counts) {
    if (!world.declared().kind().isOfChanges()) {
      return counts;
    }
    Map<String, Long> byName = new TreeMap<>();
    for (String each : counts.split(" ", -1)) {
      String[] parts = each.split("=", 2);
      boolean isOld = parts[0].equals("duplicate") || parts[0].equals("superseded");
      byName.merge(isOld ? "old" : parts[0], Long.parseLong(parts[1]), Long::sum);
    }
    return byName.toString();
  }

  private void checkRows(String branch, List<Long> snapshots) {
    List<String> wanted =
        snapshots.isEmpty()
            ? List.of()
            : Objects.requireNonNull(states.get(snapshots.getFirst())).visible();
    require(wanted.toString(), lake.rows(branch).toString(), "rows of " + branch);
  }

  private void checkEnds() {
    List<Long> main = lake.main();
    List<Long> audit = lake.audit();
    if (!audit.isEmpty() && !main.contains(audit.getFirst())) {
      world.trace().violation("main lacks snapshots of audit, and nobody says why");
    }
    Set<BatchId> published = new TreeSet<>();
    for (Node node : lake.snapshots()) {
      if (main.contains(node.id())) {
        published.addAll(node.content().accounts().keySet());
      }
    }
    Withheld withheld = lake.withheld();
    Manifests releases = new Manifests(world.store());
    lake.manifests()
        .forEach(
            (name, manifest) -> {
              boolean isHeld =
                  manifest.status() instanceof LandStatus.Held && releases.release(name).isEmpty();
              boolean isWithheld =
                  withheld.waiting().containsKey(manifest.batch())
                      || operator.hasDiscarded(manifest.batch());
              boolean isWanted = !isHeld && !isWithheld;
              if (isWanted != published.contains(manifest.batch())) {
                world
                    .trace()
                    .violation(
                        "batch %s is %s, held %s, withheld %s"
                            .formatted(
                                manifest.batch(),
                                isWanted ? "not published" : "published",
                                isHeld,
                                isWithheld));
              }
            });
  }

  private void require(String wanted, String found, String what) {
    if (!wanted.equals(found)) {
      world.trace().violation(what + ": wanted " + wanted + ", found " + found);
    }
  }
}
