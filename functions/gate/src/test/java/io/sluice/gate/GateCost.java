package io.sluice.gate;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.gate.GateResult;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.verdict.Gated;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What thirty gates cost beside curating the same rows, in seconds of CPU: {@code main} with the
 * number of rows and of rounds. The lake is in memory, so nothing waits for a store.
 */
public final class GateCost {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "event_id", "type": "string"},
        {"name": "source_system", "type": "string"},
        {"name": "event_ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "user_id", "type": ["null", "string"], "default": null},
        {"name": "region", "type": "string"},
        {"name": "amount", "type": ["null", "double"], "default": null},
        {"name": "quantity", "type": "int"},
        {"name": "page", "type": ["null", "string"], "default": null}]}
      """;
  private static final String PIPELINE =
      """
      pipeline: { name: events }
      ingestion: { contract: contract.avsc }
      transformation:
        idempotency_key: [event_id, source_system]
        event_time: event_ts
        partitions: [partition_date, region]
      quality:
        gates:
          - { metric: row_count, min: 1, action: warn }
          - { metric: row_count_delta, threshold: 9, action: warn }
          - { metric: reject_rate, max: 1, action: warn }
          - { metric: duplicate_rate, max: 1, action: warn }
          - { metric: conflict_rate, max: 1, action: warn }
          - { metric: freshness, max: 9000d, action: warn }
          - { metric: partition_skew, max: 9, action: warn }
          - { metric: file_count, max: 99, action: warn }
          - { metric: schema_hash, action: warn }
          - { metric: late_rate, late_after: 9000d, max: 1, action: warn }
          - { metric: null_rate_user_id, max: 1, action: warn }
          - { metric: null_rate_amount, max: 1, action: warn }
          - { metric: null_rate_page, max: 1, action: warn }
          - { metric: null_rate_region, max: 0, action: warn }
          - { metric: min_amount, min: 0, action: warn }
          - { metric: max_amount, max: 1e9, action: warn }
          - { metric: min_quantity, min: 0, action: warn }
          - { metric: max_quantity, max: 1e9, action: warn }
          - { metric: min_event_ts, min: 2026-01-01, action: warn }
          - { metric: max_event_ts, max: 2027-01-01, action: warn }
          - { metric: mean_amount, max: 1e9, action: warn }
          - { metric: mean_quantity, max: 1e9, action: warn }
          - { metric: in_set_region, values: [eu, us, ap], min: 1, action: warn }
          - { metric: in_set_source_system, values: [web, app], min: 1, action: warn }
          - { metric: pattern_rate_page, pattern: "/[a-z]+/[0-9]+", min: 1, action: warn }
          - { metric: length_page, max: 99, action: warn }
          - { metric: distinct_region, max: 9, action: warn }
          - { metric: distinct_page, max: 1e9, action: warn }
          - { metric: drift_quantity, max: 9, action: warn }
          - { metric: drift_amount, max: 9, action: warn }
      """;

  private GateCost() {}

  /** Prints the cost of each round. */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[0]);
    for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
      measure(rows);
    }
  }

  private static void measure(int rows) {
    TestLake lake = new TestLake();
    Pipeline pipeline = lake.declare("events", PIPELINE, CONTRACT);
    IcebergTable table = lake.table(pipeline);
    String[] lines = IntStream.range(0, rows).mapToObj(GateCost::line).toArray(String[]::new);
    LandedBatch batch = lake.land(pipeline, "batch", lines);
    long start = cpuNanos();
    SnapshotId snapshot =
        ((CommitOutcome.Committed) table.commit(table.stage(table.head(), List.of(batch))))
            .snapshot();
    long curated = cpuNanos();
    VerdictLog log =
        new VerdictLog(pipeline.name(), lake.store(), lake.layout(), lake::now, TestLake.CODE);
    Manifests manifests = new Manifests(lake.store());
    Rules rules =
        new Rules(pipeline.gates(), pipeline.contract()::fingerprint, table, manifests::find, log);
    Gated gated = new Gating(table, rules, log, ignored -> {}, ignored -> {}).gate(snapshot);
    long judged = cpuNanos();
    List<GateResult> results = ((Gated.Published) gated).verdicts().getFirst().results();
    System.out.printf(
        Locale.ROOT,
        "%,d rows: curate %.2f s, %d gates %.2f s (%.1f %%), passed %d%n",
        rows,
        (curated - start) / 1e9,
        results.size(),
        (judged - curated) / 1e9,
        100.0 * (judged - curated) / (curated - start),
        results.stream().filter(GateResult::passed).count());
  }

  private static String line(int i) {
    String region = List.of("eu", "us", "ap").get(i % 3);
    return String.format(
        Locale.ROOT,
        "{\"event_id\":\"%08x-%d\",\"source_system\":\"%s\",\"event_ts\":%d,\"user_id\":%s,"
            + "\"region\":\"%s\",\"amount\":%.2f,\"quantity\":%d,\"page\":\"/%s/%d\"}",
        i * 0x9E3779B1,
        i,
        i % 2 == 0 ? "web" : "app",
        1767225600000L + i * 80L,
        i % 50 == 0 ? "null" : "\"user-" + i % 10_000 + '"',
        region,
        i % 997 / 7.0,
        i % 12,
        i % 4 == 0 ? "shop" : "news",
        i % 5_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
