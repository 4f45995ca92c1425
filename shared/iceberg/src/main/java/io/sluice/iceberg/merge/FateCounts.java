package io.sluice.iceberg.merge;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.id.BatchId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the records of each batch of a merge. */
final class FateCounts {
  private final Map<BatchId, EnumMap<Fate, Long>> counts = new HashMap<>();

  void add(LandedBatch batch, Fate fate) {
    counts.computeIfAbsent(batch.id(), any -> new EnumMap<>(Fate.class)).merge(fate, 1L, Long::sum);
  }

  /** The accounts of {@code batches}. */
  Map<BatchId, BatchAccount> accounts(Collection<LandedBatch> batches) {
    Map<BatchId, BatchAccount> accounts = new TreeMap<>();
    for (LandedBatch batch : batches) {
      Map<Fate, Long> fates = counts.getOrDefault(batch.id(), new EnumMap<>(Fate.class));
      accounts.put(batch.id(), new BatchAccount(batch.manifest().counts(), Fate.counts(fates)));
    }
    return accounts;
  }
}
