package io.sluice.iceberg.lake;

import io.sluice.contracts.pipeline.Pipeline;
import java.util.Locale;

/** A small pipeline: orders, known by id and region, with an amount that may be null. */
public final class Orders {
  /** Its name. */
  public static final String NAME = "orders";

  private static final String CONTRACT =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "string"},
        {"name": "region", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "amount", "type": ["null", "double"], "default": null}]}
      """;

  private Orders() {}

  /** Declares it in {@code lake} with {@code gates}, each as in {@code pipeline.yaml}. */
  public static Pipeline declare(TestLake lake, String... gates) {
    return declareTransformed(lake, "", gates);
  }

  /** The same with one more line under {@code transformation}. */
  public static Pipeline declareTransformed(TestLake lake, String line, String... gates) {
    StringBuilder yaml =
        new StringBuilder(
            """
            pipeline: { name: orders, version: "1", owner: test }
            ingestion: { source: s3, format: ndjson, contract: contract.avsc }
            storage: { format: iceberg }
            transformation:
              idempotency_key: [id, region]
              event_time: at
              partitions: [partition_date, region]
            """);
    yaml.append("  ").append(line).append('\n');
    if (gates.length > 0) {
      yaml.append("quality:\n  gates:\n");
    }
    for (String gate : gates) {
      yaml.append("    - ").append(gate).append('\n');
    }
    return lake.declare(NAME, yaml.toString(), CONTRACT);
  }

  /** One order of 2026-01-01 in the region {@code eu}. */
  public static String order(String id, double amount) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"region\":\"eu\",\"at\":1767225600000,\"amount\":%s}",
        id,
        amount);
  }

  /** The same without an amount. */
  public static String orderWithoutAmount(String id) {
    return String.format(
        Locale.ROOT, "{\"id\":\"%s\",\"region\":\"eu\",\"at\":1767225600000,\"amount\":null}", id);
  }
}
