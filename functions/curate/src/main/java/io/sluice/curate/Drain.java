package io.sluice.curate;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How batches that come together become snapshots: the oldest first, no more in one than a function
 * bears, and not before the oldest has waited for others as long as its pipeline wants.
 */
public final class Drain {
  /**
   * How many records one snapshot takes, unless they are of one batch: what is kept of each while
   * they are merged is at most 300 bytes.
   */
  static final long MOST_RECORDS = 1_000_000;

  /** How many bytes of raw Parquet one snapshot takes, unless they are of one batch. */
  static final long MOST_BYTES = 256L << 20;

  /** How many batches come together at most: what one receive of a FIFO queue gives. */
  static final int MOST_BATCHES = 10;

  static final Comparator<LandedBatch> BY_AGE =
      Comparator.comparing((LandedBatch batch) -> batch.manifest().sourceModified())
          .thenComparing(LandedBatch::id);

  private Drain() {}

  /** The oldest of {@code batches}, so many as one snapshot takes. A batch is never split. */
  static List<LandedBatch> fitting(List<LandedBatch> batches) {
    List<LandedBatch> oldest = batches.stream().sorted(BY_AGE).toList();
    long records = 0;
    long bytes = 0;
    for (int count = 0; count < oldest.size(); count++) {
      records += oldest.get(count).manifest().counts().accepted();
      bytes += rawBytes(oldest.get(count));
      if (count > 0 && (records > MOST_RECORDS || bytes > MOST_BYTES)) {
        return oldest.subList(0, count);
      }
    }
    return batches;
  }

  /**
   * How long {@code batches} wait for others, at {@code now}: until the one that landed first is
   * {@code interval} old, and not at all when no more would fit in their snapshot. Never longer
   * than {@code interval}, whatever the clocks say.
   */
  public static Duration wait(List<LandedBatch> batches, Duration interval, Instant now) {
    if (batches.size() >= MOST_BATCHES || fills(batches)) {
      return Duration.ZERO;
    }
    return batches.stream()
        .map(batch -> Duration.between(now, batch.manifest().landedAt().plus(interval)))
        .min(Comparator.naturalOrder())
        .filter(Duration::isPositive)
        .map(left -> left.compareTo(interval) > 0 ? interval : left)
        .orElse(Duration.ZERO);
  }

  private static boolean fills(List<LandedBatch> batches) {
    long records = batches.stream().mapToLong(batch -> batch.manifest().counts().accepted()).sum();
    return records >= MOST_RECORDS
        || batches.stream().mapToLong(Drain::rawBytes).sum() >= MOST_BYTES;
  }

  private static long rawBytes(LandedBatch batch) {
    return batch.manifest().raw().stream().mapToLong(StoredFile::sizeBytes).sum();
  }
}
