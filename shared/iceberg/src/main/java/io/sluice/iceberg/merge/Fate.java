package io.sluice.iceberg.merge;

import io.sluice.core.batch.MergeCounts;
import java.util.Map;

/** What became of one accepted record. */
enum Fate {
  INSERTED,
  UPDATED,
  DELETED,
  DUPLICATE,
  SUPERSEDED,
  CONFLICTING;

  static MergeCounts counts(Map<Fate, Long> fates) {
    return new MergeCounts(
        fates.getOrDefault(INSERTED, 0L),
        fates.getOrDefault(UPDATED, 0L),
        fates.getOrDefault(DELETED, 0L),
        fates.getOrDefault(DUPLICATE, 0L),
        fates.getOrDefault(SUPERSEDED, 0L),
        fates.getOrDefault(CONFLICTING, 0L));
  }
}
