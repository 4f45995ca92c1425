package io.sluice.iceberg.measure;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gate reads must not grow with the table. */
class OpenedFilesTest {
  private static final FieldPath AMOUNT = FieldPath.parse("amount");
  private static final FieldPath REGION = FieldPath.parse("region");

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);

  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void opensWhatTheSnapshotAddsHoweverMuchIsThere(int before) {
    // Given
    for (int i = 0; i < before; i++) {
      commit(lake.land(pipeline, "before-" + i, order("before-" + i, i)));
    }
    SnapshotId snapshot = commit(lake.land(pipeline, "new", order("new", 1), order("newer", 2)));
    SnapshotMeasures measures = lake.table(pipeline).measures();
    List<String> opened = lake.catalog().opened();
    opened.clear();

    // When
    measures.measure(snapshot, everyMeasure());
    List<String> ofColumns = List.copyOf(opened);
    opened.clear();
    measures.totals(snapshot);
    measures.addedFiles(snapshot);

    // Then
    assertThat(ofColumns.stream().filter(each -> each.contains("/data/"))).hasSize(1);
    assertThat(ofColumns.stream().filter(each -> each.contains("/metadata/")))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(opened.stream().filter(each -> each.contains("/data/"))).isEmpty();
    assertThat(opened).hasSizeLessThanOrEqualTo(2);
  }

  private static List<ColumnQuestion> everyMeasure() {
    List<ColumnMeasure> measures = new ArrayList<>();
    Arrays.stream(Kind.values())
        .forEach(kind -> measures.add(new ColumnMeasure.Statistic(kind, AMOUNT)));
    measures.add(new ColumnMeasure.InSet(REGION, Set.of("eu")));
    measures.add(new ColumnMeasure.Matching(REGION, "[a-z]+"));
    measures.add(new ColumnMeasure.Length(REGION, Bounds.atMost(2)));
    measures.add(new ColumnMeasure.Uniqueness(List.of(REGION, AMOUNT)));
    measures.add(new ColumnMeasure.Before(FieldPath.parse("at"), TestLake.START));
    measures.add(new ColumnMeasure.Spread(AMOUNT));
    return measures.stream()
        .map(measure -> new ColumnQuestion(measure, new RowFilter.All()))
        .toList();
  }

  private SnapshotId commit(LandedBatch batch) {
    CuratedTable table = lake.table(pipeline);
    return ((CommitOutcome.Committed) table.commit(table.stage(table.head(), List.of(batch))))
        .snapshot();
  }
}
