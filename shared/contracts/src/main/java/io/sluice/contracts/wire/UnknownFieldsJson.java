package io.sluice.contracts.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often all batches of a snapshot had fields that the contract does not know, as its summary
 * keeps it: the most frequent paths, and the rest under {@link Manifest#MORE_UNKNOWN}.
 */
public final class UnknownFieldsJson {
  /** 20: a table's metadata hold the summaries of all its snapshots; manifests name more. */
  public static final int MOST_PATHS = 20;

  private static final String DOCUMENT = "counts of unknown fields";

  /** 20 paths of 201 characters, all of them escaped, and their counts. */
  private static final int MAX_CHARACTERS = 32 << 10;

  private UnknownFieldsJson() {}

  /** One line. */
  public static String write(List<Map<String, Long>> batches) {
    Map<String, Long> all = new TreeMap<>();
    batches.forEach(batch -> batch.forEach((path, count) -> all.merge(path, count, Long::sum)));
    long more = all.getOrDefault(Manifest.MORE_UNKNOWN, 0L);
    all.remove(Manifest.MORE_UNKNOWN);
    ObjectNode node = JsonFields.object();
    int paths = 0;
    for (Map.Entry<String, Long> each : mostFirst(all)) {
      if (paths++ < MOST_PATHS) {
        node.put(each.getKey(), each.getValue());
      } else {
        more += each.getValue();
      }
    }
    if (more > 0) {
      node.put(Manifest.MORE_UNKNOWN, more);
    }
    return JsonFields.write(node);
  }

  private static List<Map.Entry<String, Long>> mostFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /**
   * The counts by their paths, the most frequent first.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static Map<String, Long> read(String text) {
    return JsonFields.read(text, DOCUMENT, MAX_CHARACTERS).allCounts();
  }
}
