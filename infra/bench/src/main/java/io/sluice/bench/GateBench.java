package io.sluice.bench;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.gate.GateResult;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.verdict.Gated;
import io.sluice.gate.Gating;
import io.sluice.gate.Rules;
import io.sluice.gate.VerdictLog;
import io.sluice.iceberg.table.IcebergTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What thirty gates cost beside curating the same million rows, on a table of as many million as is
 * asked for. Each batch is the next day. Curate and gate alternate in one process, and the table is
 * put back at the end.
 */
final class GateBench {
  private static final int BATCH_ROWS = 1_000_000;
  private static final String GATES =
      """
      quality:
        gates:
          - { metric: row_count, min: 1, action: warn }
          - { metric: row_count_delta, threshold: 9, action: warn }
          - { metric: reject_rate, max: 1, action: warn }
          - { metric: duplicate_rate, max: 1, action: warn }
          - { metric: conflict_rate, max: 1, action: warn }
          - { metric: freshness, max: 9000d, action: warn }
          - { metric: late_rate, late_after: 9000d, max: 1, action: warn }
          - { metric: partition_skew, max: 9, action: warn }
          - { metric: file_count, max: 99, action: warn }
          - { metric: schema_hash, action: warn }
          - { metric: null_rate_order_id, max: 0, action: warn }
          - { metric: null_rate_ordered_at, max: 0, action: warn }
          - { metric: null_rate_user_id, max: 0, action: warn }
          - { metric: null_rate_amount, max: 0, action: warn }
          - { metric: min_amount, min: 0, action: warn }
          - { metric: max_amount, max: 1e9, action: warn }
          - { metric: min_user_id, min: 0, action: warn }
          - { metric: max_user_id, max: 1e9, action: warn }
          - { metric: min_ordered_at, min: 2026-01-01, action: warn }
          - { metric: max_ordered_at, max: 2027-01-01, action: warn }
          - { metric: mean_amount, max: 1e9, action: warn }
          - { metric: mean_user_id, max: 1e9, action: warn }
          - { metric: in_set_region, values: [eu-west-1, us-east-1], min: 0, action: warn }
          - { metric: pattern_rate_region, pattern: "[a-z]+-[a-z]+-[0-9]", min: 1, action: warn }
          - { metric: length_region, max: 99, action: warn }
          - { metric: distinct_region, max: 9, action: warn }
          - { metric: distinct_user_id, max: 1e9, action: warn }
          - { metric: uniqueness_user_id, min: 0, action: warn }
          - { metric: drift_user_id, max: 9, action: warn }
          - { metric: drift_amount, max: 9, action: warn }
      """;

  private final Map<ObjectName, Manifest> manifests = new HashMap<>();
  private final BenchLake lake;
  private final IcebergTable table;
  private final Gating gating;

  private GateBench(BenchLake lake) {
    this.lake = lake;
    this.table = lake.curated();
    InstantSource clock = InstantSource.system();
    VerdictLog log =
        new VerdictLog(
            lake.pipeline().name(),
            new InMemoryObjectStore(clock),
            new Layout("bench"),
            clock,
            "bench");
    Rules rules =
        new Rules(
            lake.pipeline().gates(),
            lake.pipeline().contract()::fingerprint,
            table,
            name -> Optional.ofNullable(manifests.get(name)),
            log);
    this.gating = new Gating(table, rules, log, ignored -> {}, ignored -> {});
  }

  /**
   * Arguments: the folder of the tables of {@link CurateBench}, {@code CLUSTERED|RANDOM}, how many
   * million rows are in the table, and how many batches follow each other.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Keys keys = Keys.valueOf(arguments[1]);
    int days = Integer.parseInt(arguments[2]);
    String name = keys.name().toLowerCase(Locale.ROOT) + "-" + days;
    BenchLake lake = new BenchLake(Path.of(arguments[0]).toAbsolutePath().resolve(name), GATES);
    lake.fill(keys, days, "main");
    Path catalog = lake.folder().resolve("catalog.db");
    Path kept = lake.folder().resolve("catalog.db.kept");
    Files.copy(catalog, kept, StandardCopyOption.REPLACE_EXISTING);
    Set<Path> before = files(lake.folder());
    try {
      GateBench bench = new GateBench(lake);
      for (int pass = 1; pass <= Integer.parseInt(arguments[3]); pass++) {
        bench.pass(keys, days, pass);
      }
    } finally {
      Files.move(kept, catalog, StandardCopyOption.REPLACE_EXISTING);
      for (Path file : files(lake.folder())) {
        if (!before.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      Set<Path> files = new HashSet<>(all.filter(Files::isRegularFile).toList());
      files.removeIf(file -> file.getFileName().toString().startsWith("catalog.db"));
      return files;
    }
  }

  private void pass(Keys keys, int days, int pass) throws IOException {
    long first = (long) (days - 1 + pass) * Keys.ROWS_A_DAY;
    LandedBatch batch = lake.land("gated-" + pass, keys, BATCH_ROWS, i -> first + i, 0);
    manifests.put(batch.manifestName(), batch.manifest());
    Cost start = Cost.now();
    SnapshotId snapshot =
        ((CommitOutcome.Committed) table.commit(table.stage(table.head(), List.of(batch))))
            .snapshot();
    Cost curated = Cost.now();
    Gated gated = gating.gate(snapshot);
    Cost judged = Cost.now();
    if (!(gated instanceof Gated.Published published)) {
      throw new IllegalStateException("The gates are wrong: " + gated);
    }
    List<GateResult> results = published.verdicts().getFirst().results();
    List<GateResult> failed = results.stream().filter(result -> !result.passed()).toList();
    if (!failed.isEmpty()) {
      throw new IllegalStateException("The gates are wrong: " + failed);
    }
    Cost curate = curated.since(start);
    Cost gate = judged.since(curated);
    System.out.printf(
        Locale.ROOT,
        "%d million rows, batch %d: curate %.2f CPU s, %.1f MB read; "
            + "%d gates %.3f CPU s (%.1f %%), %.1f MB read%n",
        days,
        pass,
        curate.cpuNanos() / 1e9,
        curate.readBytes() / 1e6,
        results.size(),
        gate.cpuNanos() / 1e9,
        100.0 * gate.cpuNanos() / curate.cpuNanos(),
        gate.readBytes() / 1e6);
  }
}
