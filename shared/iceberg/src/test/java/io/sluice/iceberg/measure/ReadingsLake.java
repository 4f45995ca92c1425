package io.sluice.iceberg.measure;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.List;

/** A lake with tables of readings, partitioned by day. */
final class ReadingsLake {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Reading", "fields": [
        {"name": "id", "type": "long"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "site", "type": ["null", "string"], "default": null},
        {"name": "value", "type": ["null", "double"], "default": null},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9,
                                   "scale": 2}},
        {"name": "place", "type": ["null", {"type": "record", "name": "Place", "fields": [
          {"name": "room", "type": ["null", "int"], "default": null}]}], "default": null}]}
      """;
  private static final String PIPELINE =
      """
      pipeline: { name: NAME }
      ingestion: { contract: contract.avsc }
      transformation:
        idempotency_key: [id]
        event_time: at
        partitions: [partition_date]
      """;

  private final TestLake lake = new TestLake();

  Pipeline declare(String name) {
    return lake.declare(name, PIPELINE.replace("NAME", name), CONTRACT);
  }

  IcebergTable table(Pipeline pipeline) {
    return lake.table(pipeline);
  }

  /** Lands the readings as one batch of {@code pipeline}, and commits it to audit. */
  SnapshotId commit(IcebergTable target, Pipeline pipeline, List<Reading> rows) {
    String[] lines = rows.stream().map(Reading::json).toArray(String[]::new);
    return ((CommitOutcome.Committed)
            target.commit(
                target.stage(
                    target.head(),
                    List.of(lake.land(pipeline, "of-" + rows.getFirst().id(), lines)))))
        .snapshot();
  }
}
