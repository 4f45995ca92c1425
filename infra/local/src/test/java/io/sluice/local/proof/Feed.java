package io.sluice.local.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A way of merging, and two files for it that come one after the other. The second repeats records
 * of the first and, where rows can change, changes them, moves one and deletes some. Each has a
 * line that is refused.
 *
 * @param declaration without the pipeline's name
 */
record Feed(String name, String declaration, List<String> files) {
  private static final int ITEMS = 12;

  static List<Feed> all() {
    return List.of(
        new Feed("append", settings("append", "copy_on_write", ""), items()),
        new Feed("upsert-files", settings("upsert", "copy_on_write", ""), items()),
        new Feed("upsert-vectors", settings("upsert", "deletion_vectors", ""), items()),
        new Feed("cdc-files", settings("cdc", "copy_on_write", ""), changes()),
        new Feed("cdc-vectors", settings("cdc", "deletion_vectors", ""), changes()),
        new Feed("append-quarantined", settings("append", "copy_on_write", GATE), nulls()));
  }

  /** Those that leave something on audit or in the table which others do not. */
  static List<Feed> forReaders() {
    String soft = "cdc\n  deletes: soft";
    return List.of(
        new Feed("cdc-soft-files", settings(soft, "copy_on_write", ""), changes()),
        new Feed("cdc-soft-vectors", settings(soft, "deletion_vectors", ""), changes()),
        new Feed("append-halted", settings("append", "copy_on_write", halting()), nulls()),
        new Feed("upsert-halted", settings("upsert", "deletion_vectors", halting()), nulls()));
  }

  private static String halting() {
    return GATE.replace("quarantine", "halt_and_alert");
  }

  /** The files of a pipeline {@code name} that merges in this way, by their names. */
  Map<String, String> pipeline(String name) throws IOException {
    try (InputStream contract =
        Objects.requireNonNull(Feed.class.getResourceAsStream("/items/item.avsc"))) {
      return Map.of(
          "item.avsc",
          new String(contract.readAllBytes(), StandardCharsets.UTF_8),
          "pipeline.yaml",
          "pipeline: { name: " + name + " }\n" + declaration);
    }
  }

  private static final String GATE =
      """
      quality:
        gates:
          - { metric: null_rate_amount, threshold: 0.1, action: quarantine }
      """;

  private static String settings(String merge, String changes, String more) {
    return """
        ingestion:
          source: s3
          format: %s
          contract: item.avsc
          reject_budget: { rate: 0.5 }
        transformation:
          idempotency_key: [id]
          event_time: at
          merge: %s
          partitions: [place]
        storage: { row_changes: %s }
        """
            .formatted(merge.startsWith("cdc") ? "debezium" : "ndjson", merge, changes)
        + more;
  }

  private static List<String> items() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      first.add(item(i, i % 2, 0, i));
      if (i % 2 == 0) {
        second.add(first.get(i));
      } else {
        second.add(item(i, i % 4 / 3, 1, 100 + i));
      }
      second.add(item(ITEMS + i, i % 2, 1, i));
    }
    return List.of(file(first), file(second));
  }

  private static List<String> nulls() {
    List<String> second = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      second.add(item(i + ITEMS, i % 2, 1, i).replaceFirst("\"amount\":\\d+", "\"amount\":null"));
    }
    return List.of(items().getFirst(), file(second));
  }

  private static List<String> changes() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      String created = item(i, i % 2, 0, i);
      first.add(change("c", "null", created, i));
      second.add(
          i % 3 == 0
              ? change("d", created, "null", 100 + i)
              : change("u", created, item(i, i % 4 / 3, 1, 100 + i), 100 + i));
      second.add(change("c", "null", item(ITEMS + i, i % 2, 1, i), 200 + i));
    }
    String ghost = item(99, 0, 0, 0);
    first.add(change("d", ghost, "null", 50));
    second.add(change("c", "null", ghost, 49));
    return List.of(file(first), file(second));
  }

  private static String file(List<String> lines) {
    return String.join("\n", lines) + "\n{\"id\":17}\n";
  }

  private static String item(int number, int place, int time, int amount) {
    return "{\"id\":\"i-%02d\",\"place\":\"%s\",\"at\":%d,\"amount\":%d}"
        .formatted(number, place == 0 ? "oslo" : "rome", 1_600_000_000_000L + time, amount);
  }

  private static String change(String operation, String before, String after, int position) {
    return ("{\"op\":\"%s\",\"before\":%s,\"after\":%s,"
            + "\"source\":{\"connector\":\"postgresql\",\"lsn\":%d},\"ts_ms\":%d}")
        .formatted(operation, before, after, position, position);
  }
}
