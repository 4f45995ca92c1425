package io.sluice.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches that waited while the contract changed more than once. */
class LostNamesTest {
  private final TestLake lake = new TestLake();

  @Test
  void keepsValuesLandedTwoNamesAgo() {
    // Given
    Pipeline one = declare("note", "");
    LandedBatch held = lake.land(one, "1", "{\"id\":\"a\",\"at\":0,\"note\":\"x\"}");
    IcebergTable first = lake.table(one);
    first.commit(
        first.stage(first.head(), List.of(lake.land(one, "0", "{\"id\":\"z\",\"at\":0}"))));
    lake.table(declare("remark", ", \"aliases\": [\"note\"]"));
    Pipeline three = declare("comment", ", \"aliases\": [\"remark\"]");

    // When
    IcebergTable table = lake.table(three);
    table.commit(table.stage(table.head(), List.of(held)));

    // Then
    assertThat(lake.rows(three, "audit").toString()).contains("\"comment\":\"x\"");
  }

  private Pipeline declare(String name, String more) {
    return lake.declare(
        "notes",
        """
        pipeline: { name: notes }
        ingestion: { contract: contract.avsc }
        transformation:
          idempotency_key: [id]
          event_time: at
        storage: { format: iceberg }
        """,
        """
        {"type": "record", "name": "Note", "fields": [
          {"name": "id", "type": "string"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "%s", "type": ["null", "string"], "default": null%s}]}
        """
            .formatted(name, more));
  }
}
