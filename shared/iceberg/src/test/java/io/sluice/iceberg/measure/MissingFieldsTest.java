package io.sluice.iceberg.measure;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gates may be declared for fields that the table gets with the next batch. */
class MissingFieldsTest {
  private static final FieldPath MISSING = FieldPath.parse("later");

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);
  private final SnapshotId snapshot =
      ((CommitOutcome.Committed)
              table.commit(
                  table.stage(table.head(), List.of(lake.land(pipeline, "1", order("a", 1))))))
          .snapshot();

  @Test
  void cannotTellTheNewestOfAFieldThatIsNotThere() {
    assertThat(table.measures().newest(snapshot, MISSING))
        .isEqualTo(new Measurement.Unknown("the table has no field later"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layer.class,
      names = {"CURATED", "SERVING"})
  void cannotTellWhatAFieldRefersToThatIsNotThere(Layer layer) {
    // Given
    table.publish(snapshot);

    // Then
    assertThat(
            table
                .measures()
                .unreferenced(
                    snapshot,
                    layer,
                    new Metric.Referential(
                        List.of(MISSING), pipeline.name(), List.of(FieldPath.parse("id")))))
        .isEqualTo(new Measurement.Unknown("the table has no field later"));
  }
}
