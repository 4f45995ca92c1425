package io.sluice.simulation;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.BatchId;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.iceberg.batch.IcebergBatches;
import io.sluice.simulation.lake.LakeReading;
import io.sluice.simulation.lake.LakeReading.Node;
import io.sluice.simulation.lake.SimulatedCatalog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the table of batches against the lake as it stands at the end. */
final class BatchesCheck {
  private final World world;
  private final Operator operator;
  private final LakeReading lake;
  private final Map<BatchId, Manifest> manifests;

  BatchesCheck(World world, Operator operator, LakeReading lake, Map<BatchId, Manifest> manifests) {
    this.world = world;
    this.operator = operator;
    this.lake = lake;
    this.manifests = manifests;
  }

  void run() {
    Optional<BatchReader> reader = world.tables().batches(world.pipeline());
    Map<String, Map<String, Object>> rows = new HashMap<>();
    reader
        .map(BatchReader::rows)
        .orElse(List.of())
        .forEach(row -> rows.put(text(row, "batch"), row));
    Map<BatchId, Node> published = published();
    for (Manifest manifest : manifests.values()) {
      check(manifest, published, rows.getOrDefault(manifest.batch().value(), Map.of()));
    }
    reader.ifPresent(this::compare);
  }

  private Map<BatchId, Node> published() {
    Map<BatchId, Node> published = new TreeMap<>();
    List<Long> main = lake.main();
    for (Node node : lake.snapshots()) {
      if (main.contains(node.id())) {
        node.content().accounts().keySet().forEach(batch -> published.put(batch, node));
      }
    }
    return published;
  }

  private void check(Manifest manifest, Map<BatchId, Node> published, Map<String, Object> row) {
    BatchId batch = manifest.batch();
    Optional<Node> node = Optional.ofNullable(published.get(batch));
    Map<String, Long> counts =
        node.map(each -> each.content().accounts().get(batch))
            .map(BatchAccount::byName)
            .orElseGet(() -> landed(manifest));
    String wanted =
        node.map(each -> "published " + each.id() + " ").orElse(status(manifest) + " ") + counts;
    String found =
        text(row, "status")
            + (node.isPresent() ? " " + text(row, "snapshot") + " " : " ")
            + counts(row, counts);
    if (!wanted.equals(found)) {
      world.trace().violation("row of batch " + batch + ": wanted " + wanted + ", found " + found);
    }
  }

  /** Of a batch that no reader sees. */
  private String status(Manifest manifest) {
    return lake.withheld().waiting().containsKey(manifest.batch())
        ? "quarantined"
        : operator.hasDiscarded(manifest.batch())
            ? "discarded"
            : manifest.status() instanceof LandStatus.Held ? "held" : "nowhere";
  }

  private static Map<String, Long> landed(Manifest manifest) {
    return new TreeMap<>(
        Map.of("read", manifest.counts().read(), "rejected", manifest.counts().rejected()));
  }

  private static Map<String, Object> counts(Map<String, Object> row, Map<String, Long> like) {
    Map<String, Object> counts = new LinkedHashMap<>();
    like.keySet().forEach(name -> counts.put(name, text(row, name)));
    return counts;
  }

  private static String text(Map<String, Object> row, String column) {
    return String.valueOf(row.getOrDefault(column, "nothing"));
  }

  /** What an auditor does, which does not look at the rows where a stranger was at work. */
  private void compare(BatchReader reader) {
    reader
        .differences(
            world.catalog().loadTable(SimulatedCatalog.identifier(world.pipeline().table())),
            world.pipeline().name(),
            new IcebergBatches.Lake(world.store(), world.layout()),
            manifests)
        .forEach(each -> world.trace().violation("the row of a batch: " + each));
  }
}
