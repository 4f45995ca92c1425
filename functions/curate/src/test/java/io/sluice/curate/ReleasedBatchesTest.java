package io.sluice.curate;

import static io.sluice.iceberg.lake.Orders.order;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.gate.Settlement.Way;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.verdict.Curated;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleasedBatchesTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);
  private final InMemoryQueue<SnapshotAudited> gate = new InMemoryQueue<>();
  private final LandedBatch first = lake.land(pipeline, "1", order("a", 1));
  private final LandedBatch second = lake.land(pipeline, "2", order("b", 2));
  private final LandedBatch third = lake.land(pipeline, "3", order("c", 3));

  @Test
  void commitsThoseTogetherThatWereQuarantinedTogetherAndNoOthers() {
    // Given
    for (List<LandedBatch> batches : List.of(List.of(first, second), List.of(third))) {
      curation().curate(batches);
      SnapshotId withdrawn = gate.drain().getFirst().snapshot();
      table.withdraw(withdrawn);
      table.settle(withdrawn, batches.stream().map(LandedBatch::id).collect(toSet()), Way.RELEASE);
    }

    // When
    List<Curated> verdicts = curation().curate(List.of(third, second, first));

    // Then
    assertThat(verdicts)
        .extracting(verdict -> ((Curated.Committed) verdict).accounts().keySet())
        .containsExactly(Set.of(first.id(), second.id()), Set.of(third.id()));
  }

  private Curation curation() {
    return new Curation(
        pipeline.name(),
        lake.table(pipeline),
        lake.quarantine(pipeline),
        lake.batches(pipeline),
        gate);
  }
}
