package io.sluice.core.batch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The whole account of one batch, from what was read to what became of it. Its text form stands in
 * the summary of the snapshot that committed the batch, so that conservation can be proved from the
 * lake alone.
 */
public record BatchAccount(LandCounts landed, MergeCounts merged) {
  /** No records at all. */
  public static final BatchAccount NONE = new BatchAccount(LandCounts.NONE, MergeCounts.NONE);

  /** Both together. */
  public BatchAccount plus(BatchAccount other) {
    return new BatchAccount(
        new LandCounts(
            landed.read() + other.landed.read(),
            landed.accepted() + other.landed.accepted(),
            landed.rejected() + other.landed.rejected()),
        merged.plus(other.merged));
  }

  /** Whether every accepted record has exactly one fate. */
  public boolean isConserved() {
    return landed.accepted() == merged.total();
  }

  /** The counts by name, in the order of the conservation line. */
  public Map<String, Long> byName() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("read", landed.read());
    counts.put("rejected", landed.rejected());
    counts.put("inserted", merged.inserted());
    counts.put("updated", merged.updated());
    counts.put("deleted", merged.deleted());
    counts.put("duplicate", merged.duplicate());
    counts.put("superseded", merged.superseded());
    counts.put("conflicting", merged.conflicting());
    return counts;
  }

  /** {@code read=10 rejected=1 inserted=9 …}: every count, named, in the order of the line. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    byName().forEach((name, count) -> text.append(name).append('=').append(count).append(' '));
    return text.substring(0, text.length() - 1);
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IllegalArgumentException when a count is missing, is no number, or the counts
   *     contradict each other
   */
  public static BatchAccount parse(String text) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String part : text.split(" ", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("Invalid account: " + text);
      }
      counts.put(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
    }
    if (!counts.keySet().equals(NONE.byName().keySet())) {
      throw new IllegalArgumentException("Invalid account: " + text);
    }
    long read = counts.getOrDefault("read", 0L);
    long rejected = counts.getOrDefault("rejected", 0L);
    return new BatchAccount(
        new LandCounts(read, read - rejected, rejected),
        new MergeCounts(
            counts.getOrDefault("inserted", 0L),
            counts.getOrDefault("updated", 0L),
            counts.getOrDefault("deleted", 0L),
            counts.getOrDefault("duplicate", 0L),
            counts.getOrDefault("superseded", 0L),
            counts.getOrDefault("conflicting", 0L)));
  }
}
