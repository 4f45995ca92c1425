package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
import java.util.Locale;

/** A small pipeline whose rows change: visits, known by an id, partitioned by day and place. */
final class Visits {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Visit", "fields": [
        {"name": "id", "type": "string"},
        {"name": "place", "type": "string"},
        {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}],
         "default": null},
        {"name": "guests", "type": ["null", "int"], "default": null}]}
      """;

  private Visits() {}

  /** Declares it with more lines under {@code transformation} and under {@code storage}. */
  static Pipeline declare(TestLake lake, String transformation, String storage) {
    return lake.declare(
        "visits",
        """
        pipeline: { name: visits }
        ingestion: { contract: contract.avsc }
        transformation:
          idempotency_key: [id]
          event_time: at
          partitions: [partition_date, place]
        """
            + transformation.indent(2)
            + "storage:\n  format: iceberg\n"
            + storage.indent(2),
        CONTRACT);
  }

  /** One visit; {@code day} of January 2026. */
  static String visit(String id, String place, int day, int guests) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"place\":\"%s\",\"at\":%d,\"guests\":%d}",
        id,
        place,
        1767225600000L + (day - 1) * 86_400_000L,
        guests);
  }

  static LandedBatch land(TestLake lake, Pipeline pipeline, String name, List<String> lines) {
    return lake.land(pipeline, name, lines.toArray(String[]::new));
  }
}
