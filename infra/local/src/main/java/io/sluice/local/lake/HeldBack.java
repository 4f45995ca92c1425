package io.sluice.local.lake;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.iceberg.read.TableHistory;
import io.sluice.iceberg.read.TableHistory.Entry;
import io.sluice.iceberg.read.TableHistory.Head;
import io.sluice.iceberg.read.TableHistory.Place;
import io.sluice.iceberg.read.TableReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What gates hold back of one pipeline.
 *
 * @param halted verdicts that stop publishing: one at the most
 * @param waiting snapshots on audit that main lacks, oldest first
 * @param quarantined verdicts on snapshots whose batches wait for a decision
 * @param withheld where each batch is that left audit by a verdict
 * @param isReverted whether somebody set main back
 */
public record HeldBack(
    PipelineName pipeline,
    List<Head> main,
    List<Head> audit,
    List<GateVerdict> halted,
    List<SnapshotId> waiting,
    Map<SnapshotId, GateVerdict> quarantined,
    Withheld withheld,
    boolean isReverted) {
  /** What is held in {@code lake} now. */
  public static HeldBack look(LakeView lake, Pipeline pipeline) {
    Optional<TableHistory> history = lake.table(pipeline).map(TableReader::history);
    Verdicts verdicts = new Verdicts(pipeline.name(), lake.store(), lake.layout());
    List<SnapshotId> waiting = new ArrayList<>();
    List<GateVerdict> halted = new ArrayList<>();
    for (Entry entry : history.map(TableHistory::entries).orElse(List.of())) {
      if (entry.place() == Place.AUDIT) {
        waiting.add(entry.id());
        verdicts
            .find(entry.id())
            .filter(verdict -> verdict.outcome() == GateOutcome.HALTED)
            .ifPresent(halted::add);
      }
    }
    Withheld withheld =
        history.map(TableHistory::withheld).orElseGet(() -> Withheld.read(Map.of()));
    Map<SnapshotId, GateVerdict> quarantined =
        new TreeMap<>(Comparator.comparingLong(SnapshotId::value));
    for (SnapshotId snapshot : withheld.waiting().values()) {
      verdicts.find(snapshot).ifPresent(verdict -> quarantined.put(snapshot, verdict));
    }
    return new HeldBack(
        pipeline.name(),
        history.flatMap(TableHistory::main).stream().toList(),
        history.flatMap(TableHistory::audit).stream().toList(),
        halted,
        waiting,
        quarantined,
        withheld,
        history.map(TableHistory::isReverted).orElse(false));
  }

  /** Whether anything waits for somebody. */
  public boolean isClear() {
    return waiting.isEmpty() && !isReverted && withheld.waiting().isEmpty();
  }

  /**
   * Refuses names that no gate has, where something is halted.
   *
   * @throws ConfigurationFailure with the first of them
   */
  public void requireGates(Set<String> names) {
    Set<String> known = new TreeSet<>();
    for (GateVerdict verdict : halted) {
      verdict.results().forEach(result -> known.add(result.terms().name()));
    }
    for (String name : names) {
      if (!known.isEmpty() && !known.contains(name)) {
        throw new ConfigurationFailure(
            "Gate does not exist: " + name + " (" + String.join(", ", known) + ")");
      }
    }
  }

  /** The batches that wait for a decision because of {@code snapshot}. */
  public Set<BatchId> batches(SnapshotId snapshot) {
    return batches(withheld.waiting(), snapshot);
  }

  /**
   * The request to settle {@code what}: a batch, or a snapshot with all of its batches.
   *
   * @throws ConfigurationFailure when no such batch left audit by a verdict
   */
  public GateRequest.Settle settlement(String what, Settlement.Way way, Decision decision) {
    Map<BatchId, SnapshotId> candidates = new TreeMap<>(withheld.waiting());
    candidates.putAll(
        switch (way) {
          case RELEASE -> withheld.released();
          case DISCARD -> withheld.discarded();
        });
    for (Map.Entry<BatchId, SnapshotId> each : candidates.entrySet()) {
      if (each.getKey().value().equals(what)) {
        return new GateRequest.Settle(
            pipeline, each.getValue(), Set.of(each.getKey()), way, decision);
      }
      if (each.getValue().toString().equals(what)) {
        return new GateRequest.Settle(
            pipeline, each.getValue(), batches(candidates, each.getValue()), way, decision);
      }
    }
    throw new ConfigurationFailure(
        "Quarantined snapshot or batch does not exist: " + what + " (gate status names them)");
  }

  private static Set<BatchId> batches(Map<BatchId, SnapshotId> of, SnapshotId snapshot) {
    Set<BatchId> batches = new TreeSet<>();
    of.forEach(
        (batch, left) -> {
          if (left.equals(snapshot)) {
            batches.add(batch);
          }
        });
    return batches;
  }
}
