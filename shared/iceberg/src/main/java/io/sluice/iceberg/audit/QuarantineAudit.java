package io.sluice.iceberg.audit;

import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.Replay;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.BatchId;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.iceberg.quarantine.QuarantineReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the table of rejected records against the manifests: every rejected record of every batch
 * that curate took in is there once, none is of nowhere, and what replays came to is what the rows
 * say.
 */
final class QuarantineAudit {
  private final ObjectStore store;
  private final Map<BatchId, Manifest> manifests;
  private final Findings findings;
  private final Map<String, QuarantineEntry> rows = new HashMap<>();
  private final Map<BatchId, Refused> refused = new HashMap<>();
  private final Map<BatchId, Long> settled = new HashMap<>();

  QuarantineAudit(ObjectStore store, Map<BatchId, Manifest> manifests, Findings findings) {
    this.store = store;
    this.manifests = manifests;
    this.findings = findings;
  }

  /**
   * How many records of a batch were refused and put here.
   *
   * @param latest by its latest merge
   * @param before by merges before, whose snapshots left audit
   */
  record Refused(long latest, long before) {
    static final Refused NONE = new Refused(0, 0);

    /** These, after another merge refused {@code count} of them. */
    Refused again(long count) {
      return new Refused(count, before + latest);
    }
  }

  /**
   * Checks the rows of {@code table}.
   *
   * @param curated the batches that are, or were, in the pipeline's table
   * @param conflicts how many records of each were refused
   * @param onAudit the batches that are there; of others a gate may have taken the snapshot off
   *     before what it refused was put here
   */
  void run(
      List<QuarantineReader> table,
      Set<BatchId> curated,
      Map<BatchId, Refused> conflicts,
      Set<BatchId> onAudit) {
    refused.putAll(conflicts);
    Map<BatchId, Long> counts = new TreeMap<>();
    Set<BatchId> taken = new HashSet<>(curated);
    for (QuarantineReader reader : table) {
      taken.addAll(reader.batches());
      reader.forEach(entry -> count(entry, counts));
    }
    taken.addAll(counts.keySet());
    taken.forEach(
        batch -> checkCount(batch, counts.getOrDefault(batch, 0L), onAudit.contains(batch)));
    for (QuarantineEntry entry : rows.values()) {
      checkReplayed(entry, curated);
    }
    for (Manifest manifest : manifests.values()) {
      if (isReplay(manifest) && curated.contains(manifest.batch())) {
        checkReplay(manifest);
      }
    }
  }

  private void count(QuarantineEntry entry, Map<BatchId, Long> counts) {
    BatchId batch = entry.quarantined().origin().batch();
    boolean isAcceptedAfterAll =
        entry.status() == QuarantineStatus.REPLAYED
            && entry.standing().replay().equals(batch.value());
    boolean isSettled = !isAcceptedAfterAll && !entry.status().isUnsettled();
    counts.merge(batch, isAcceptedAfterAll ? 0L : 1L, Long::sum);
    settled.merge(batch, isSettled ? 1L : 0L, Long::sum);
    if (rows.put(entry.id(), entry) != null) {
      findings.add("quarantine-twice", entry.id(), "two rows are of this rejected record");
    }
  }

  private void checkCount(BatchId batch, long found, boolean isOnAudit) {
    Manifest manifest = manifests.get(batch);
    if (manifest == null) {
      if (!findings.has("manifest-missing", batch)) {
        findings.add(
            "manifest-missing", batch, "rejected records are of it, and it has no manifest");
      }
      return;
    }
    long rejected = isReplay(manifest) ? 0 : manifest.counts().rejected();
    long conflicting = isReplay(manifest) ? 0 : refusedOf(batch).latest();
    // What a merge before refused, and somebody has settled since, stays whatever came of it later.
    long past = Math.min(refusedOf(batch).before(), settled.getOrDefault(batch, 0L));
    long least = rejected + (isOnAudit ? conflicting : 0);
    if (found < least || found > rejected + conflicting + past) {
      findings.add(
          "quarantine-rows",
          batch,
          "its manifest says that %d records are rejected, its snapshot that %d conflict, the table"
                  .formatted(rejected, conflicting)
              + " of them has "
              + found);
    }
  }

  private void checkReplayed(QuarantineEntry entry, Set<BatchId> curated) {
    if (entry.status() == QuarantineStatus.REPLAYED
        && curated.stream().noneMatch(b -> b.value().equals(entry.standing().replay()))) {
      findings.add(
          "replayed-nowhere",
          entry.id(),
          "it is called replayed, and batch " + entry.standing().replay() + " is in no snapshot");
    }
  }

  private void checkReplay(Manifest manifest) {
    Optional<Replay> replay = read(manifest);
    if (replay.isEmpty()) {
      return;
    }
    List<String> ids = replay.get().ids();
    long replayed =
        ids.stream()
            .filter(rows::containsKey)
            .filter(id -> status(id) == QuarantineStatus.REPLAYED)
            .count();
    List<String> unknown = new ArrayList<>(ids);
    unknown.removeIf(rows::containsKey);
    if (!unknown.isEmpty()) {
      findings.add(
          "replay-of-nothing",
          manifest.batch(),
          unknown.size() + " of its records are not in quarantine, " + unknown.getFirst());
    }
    long untouched = ids.stream().filter(id -> status(id) == QuarantineStatus.OPEN).count();
    long accepted = manifest.counts().accepted() - refusedOf(manifest.batch()).latest();
    if (untouched > 0 || replayed < accepted) {
      findings.add(
          "replay-not-settled",
          manifest.batch(),
          String.format(
              "it accepted %d of %d records, of which %d are called replayed and %d still open",
              accepted, ids.size(), replayed, untouched));
    }
  }

  private Refused refusedOf(BatchId batch) {
    return refused.getOrDefault(batch, Refused.NONE);
  }

  private QuarantineStatus status(String id) {
    QuarantineEntry entry = rows.get(id);
    return entry == null ? QuarantineStatus.DISCARDED : entry.status();
  }

  private Optional<Replay> read(Manifest manifest) {
    try {
      Optional<Replay> replay =
          store.read(manifest.source().name(), ReplayJson.MAX_BYTES).map(ReplayJson::read);
      if (replay.isEmpty()) {
        findings.add("replay-missing", manifest.source(), "the object of a replay is gone");
      }
      return replay;
    } catch (InvalidMessage e) {
      findings.add("replay-unreadable", manifest.source(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isReplay(Manifest manifest) {
    return Layout.isReplay(manifest.source().name())
        && !(manifest.status() instanceof LandStatus.Rejected);
  }
}
