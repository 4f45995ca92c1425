package io.sluice.iceberg.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row that was deleted is none to a gate, wherever it still stands. */
class DeletedRowsTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Shop", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}],
         "default": null},
        {"name": "desks", "type": ["null", "int"], "default": null}]}
      """;
  private static final String PIPELINE =
      """
      pipeline: { name: NAME }
      ingestion: { contract: contract.avsc }
      transformation: { idempotency_key: [id], event_time: at, merge: cdc, deletes: DELETES }
      storage: { row_changes: CHANGES }
      """;
  private static final FieldPath ID = FieldPath.parse("id");

  private final TestLake lake = new TestLake();

  static Stream<Arguments> ways() {
    return Stream.of("soft", "hard")
        .flatMap(
            deletes ->
                Stream.of("copy_on_write", "deletion_vectors")
                    .map(changes -> Arguments.of(deletes, changes)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void countsNoRowThatWasDeleted(String deletes, String rowChanges) {
    // Given
    Pipeline shops = declare("shops", deletes, rowChanges);
    commit(shops, put(1, "a", "9"), put(2, "b", "1"), put(3, "c", "null"));

    // When
    SnapshotId changed = commit(shops, delete(4, "a"), put(5, "b", "2"), put(6, "d", "4"));

    // Then
    assertThat(measured(shops, changed, new ColumnMeasure.Statistic(Kind.GREATEST, desks())))
        .isEqualTo(4);
    assertThat(measured(shops, changed, new ColumnMeasure.Statistic(Kind.MEAN, desks())))
        .isEqualTo(3);
    assertThat(measured(shops, changed, new ColumnMeasure.Statistic(Kind.DISTINCT, ID)))
        .isEqualTo(2);
    assertThat(measured(shops, changed, new ColumnMeasure.Statistic(Kind.NULL_RATE, desks())))
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void findsNoKeyWhoseRowWasDeleted(String deletes, String rowChanges) {
    // Given
    Pipeline shops = declare("shops", deletes, rowChanges);
    Pipeline sales = declare("sales", deletes, rowChanges);
    commit(shops, put(1, "a", "9"), put(2, "b", "1"), put(3, "c", "3"), put(4, "d", "3"));
    lake.table(shops).publish(commit(shops, delete(5, "a"), put(6, "b", "2")));

    // When
    commit(sales, put(1, "x", "1"), put(2, "b", "1"));
    SnapshotId sold = commit(sales, put(3, "a", "1"), put(4, "d", "1"), delete(5, "x"));

    // Then
    assertThat(unreferenced(sales, sold, Layer.CURATED)).isEqualTo(1 / 2.0);
    assertThat(unreferenced(sales, sold, Layer.SERVING)).isEqualTo(1 / 3.0);
  }

  private double measured(Pipeline pipeline, SnapshotId snapshot, ColumnMeasure measure) {
    return value(
        lake.table(pipeline)
            .measures()
            .measure(snapshot, List.of(new ColumnQuestion(measure, new RowFilter.All())))
            .getFirst());
  }

  private double unreferenced(Pipeline pipeline, SnapshotId snapshot, Layer layer) {
    Metric.Referential reference =
        new Metric.Referential(List.of(ID), new PipelineName("shops"), List.of(ID));
    return value(lake.table(pipeline).measures().unreferenced(snapshot, layer, reference));
  }

  private static double value(Measurement measurement) {
    return ((Measurement.Known) measurement).value();
  }

  private static FieldPath desks() {
    return FieldPath.parse("desks");
  }

  private Pipeline declare(String name, String deletes, String rowChanges) {
    return lake.declare(
        name,
        PIPELINE.replace("NAME", name).replace("DELETES", deletes).replace("CHANGES", rowChanges),
        CONTRACT);
  }

  private SnapshotId commit(Pipeline pipeline, String... changes) {
    IcebergTable table = lake.table(pipeline);
    LandedBatch batch = lake.landChanges(pipeline, "of-" + changes[0].hashCode(), changes);
    return ((CommitOutcome.Committed) table.commit(table.stage(table.head(), List.of(batch))))
        .snapshot();
  }

  private static String put(int position, String id, String desks) {
    return change(
        "u", position, ",\"id\":\"%s\",\"at\":1767225600000,\"desks\":%s".formatted(id, desks));
  }

  private static String delete(int position, String id) {
    return change("d", position, ",\"id\":\"" + id + "\"");
  }

  private static String change(String op, int position, String row) {
    return "{\"_op\":\"%s\",\"_position\":\"lsn:%06d\"%s}".formatted(op, position, row);
  }
}
