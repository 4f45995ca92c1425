package io.sluice.local.run;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.read.TableHistory.Entry;
import io.sluice.iceberg.read.TableHistory.Place;
import io.sluice.local.cloud.event.DeadLetter;
import io.sluice.local.lake.LakeView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells what an invocation did from how the lake was before and how it is now. */
final class RunReporter {
  private final LakeView lake;
  private final Path folder;
  private final Pipeline pipeline;
  private final LakeState before;
  private final LakeState now;

  RunReporter(LakeView lake, Path folder, Pipeline pipeline, LakeState before, LakeState now) {
    this.lake = lake;
    this.folder = folder;
    this.pipeline = pipeline;
    this.before = before;
    this.now = now;
  }

  /**
   * The report.
   *
   * @param inputs in the order in which they were given
   * @param start when the invocation began
   */
  RunReport report(
      Collection<Delivery> inputs, Instant start, Instant end, List<DeadLetter> deadLetters) {
    List<Entry> made = made();
    List<GateVerdict> verdicts =
        made.stream().flatMap(entry -> verdict(entry.id()).stream()).toList();
    Map<BatchId, BatchAccount> accounts = accounts(made);
    List<BatchLine> lines = inputs.stream().map(this::line).toList();
    return new RunReport(
        pipeline.name(),
        folder,
        Duration.between(start, end),
        new StageTimes(
            last(start, now.manifests().values().stream().map(Manifest::landedAt)),
            last(start, made.stream().map(Entry::committedAt)),
            last(start, verdicts.stream().map(GateVerdict::judgedAt))),
        accounts.values().stream().reduce(BatchAccount.NONE, BatchAccount::plus),
        now.main(),
        now.audit(),
        now.main().equals(now.audit()) && inputs.stream().allMatch(this::isSettled),
        lines,
        verdicts,
        blockers(),
        deadLetters);
  }

  private List<Entry> made() {
    Set<SnapshotId> known = new HashSet<>();
    before.snapshots().forEach(entry -> known.add(entry.id()));
    return now.snapshots().stream().filter(entry -> !known.contains(entry.id())).toList();
  }

  private static Map<BatchId, BatchAccount> accounts(List<Entry> entries) {
    Map<BatchId, BatchAccount> accounts = new TreeMap<>();
    entries.stream()
        .filter(entry -> entry.place() != Place.WITHDRAWN)
        .forEach(entry -> accounts.putAll(entry.content().accounts()));
    return accounts;
  }

  /** Whether an input is in a snapshot, or land refused it for good. */
  private boolean isSettled(Delivery input) {
    Manifest manifest = now.manifests().get(input.batch());
    return manifest != null && (!now.goesOn(manifest) || holder(input.batch()).isPresent());
  }

  private Optional<Entry> holder(BatchId batch) {
    return now.snapshots().stream()
        .filter(entry -> entry.place() != Place.WITHDRAWN)
        .filter(entry -> entry.content().accounts().containsKey(batch))
        .findFirst();
  }

  private static Duration last(Instant start, Stream<Instant> times) {
    return times
        .filter(time -> time.isAfter(start))
        .max(Comparator.naturalOrder())
        .map(time -> Duration.between(start, time))
        .orElse(Duration.ZERO);
  }

  private BatchLine line(Delivery input) {
    BatchId batch = input.batch();
    Manifest manifest = now.manifests().get(batch);
    if (manifest == null) {
      return new BatchLine(
          batch,
          input.source(),
          input.times(),
          BatchLine.DEAD_LETTERED,
          "it was not landed",
          BatchAccount.NONE,
          Map.of(),
          Map.of(),
          List.of(),
          "");
    }
    Optional<Entry> holder = holder(batch);
    BatchAccount account =
        holder
            .map(entry -> entry.content().accounts().get(batch))
            .orElse(new BatchAccount(manifest.counts(), MergeCounts.NONE));
    boolean isOld = before.manifests().containsKey(batch);
    return new BatchLine(
        batch,
        input.source(),
        input.times(),
        isOld ? BatchLine.ALREADY_LANDED : manifest.status().word(),
        reason(manifest, holder.isPresent()),
        account,
        manifest.errors(),
        manifest.unknown(),
        holder.map(entry -> entry.id().value()).stream().toList(),
        next(manifest));
  }

  /** What somebody can do about a batch that waits for a release. */
  private String next(Manifest manifest) {
    boolean waits = manifest.status() instanceof LandStatus.Held && !now.goesOn(manifest);
    return waits
        ? "./sluice quarantine release %s %s --reason TEXT --lake %s"
            .formatted(pipeline.name(), manifest.batch(), folder)
        : "";
  }

  private String reason(Manifest manifest, boolean isInTable) {
    return switch (manifest.status()) {
      case LandStatus.Accepted ignored -> notInTable(manifest, isInTable);
      case LandStatus.Held held ->
          now.goesOn(manifest) ? notInTable(manifest, isInTable) : held.reason();
      case LandStatus.Rejected rejected -> rejected.reason();
    };
  }

  private String notInTable(Manifest manifest, boolean isInTable) {
    BatchId batch = manifest.batch();
    if (isInTable) {
      return "";
    }
    boolean wasOnAudit =
        now.snapshots().stream().anyMatch(entry -> entry.content().accounts().containsKey(batch));
    return wasOnAudit ? "a gate took it off audit" : "it was landed and not curated";
  }

  private List<GateVerdict> blockers() {
    return now.snapshots().stream()
        .filter(entry -> entry.place() == Place.AUDIT)
        .flatMap(entry -> verdict(entry.id()).stream())
        .filter(verdict -> verdict.outcome() == GateOutcome.HALTED)
        .toList();
  }

  private Optional<GateVerdict> verdict(SnapshotId snapshot) {
    return new Verdicts(pipeline.name(), lake.store(), lake.layout()).find(snapshot);
  }
}
