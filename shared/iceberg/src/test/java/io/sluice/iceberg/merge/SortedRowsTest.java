package io.sluice.iceberg.merge;

import static io.sluice.iceberg.merge.Visits.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.iceberg.lake.TestLake;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in the order of the key. */
class SortedRowsTest {
  private static final String UPSERT = "merge: upsert\n";

  private final TestLake lake = new TestLake();

  @ParameterizedTest
  @ValueSource(strings = {"copy_on_write", "deletion_vectors"})
  void writesTheRowsOfEachFileInTheOrderOfTheKey(String rowChanges) throws Exception {
    // Given
    Pipeline pipeline =
        Visits.declare(lake, UPSERT, "sort_by_key: true\nrow_changes: " + rowChanges + "\n");
    Random random = new Random(1);
    Map<String, String> expected = new TreeMap<>();

    // When
    for (int batch = 0; batch < 3; batch++) {
      int guests = batch;
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String id = "k" + random.nextInt(600);
        expected.putIfAbsent(id, "");
        lines.add(visit(id, "p" + id.hashCode() % 3, 1 + random.nextInt(2), guests));
      }
      ReplacingMergeTest.commit(
          lake.table(pipeline), List.of(Visits.land(lake, pipeline, "b" + batch, lines)));
    }

    // Then
    Table table = lake.foreign(pipeline);
    assertThat(table.sortOrder().fields())
        .extracting(field -> table.schema().findColumnName(field.sourceId()))
        .containsExactly("id");
    int files = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().useRef("audit").planFiles()) {
      for (FileScanTask task : tasks) {
        assertThat(ids(table, task)).isSorted();
        files++;
      }
    }
    assertThat(files).isGreaterThan(3);
    assertThat(lake.rows(pipeline, "audit")).hasSize(expected.size());
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void sortsWhatComesAfterItIsDeclaredAndNothingAfterItIsNot() throws Exception {
    // Given
    Pipeline before = Visits.declare(lake, UPSERT, "");
    commit(before, "1", "c", "a", "b");

    // When
    Pipeline sorted = Visits.declare(lake, UPSERT, "sort_by_key: true\n");
    commit(sorted, "2", "f", "d", "e");
    Table table = lake.foreign(sorted);
    assertThat(table.sortOrder().isSorted()).isTrue();
    commit(Visits.declare(lake, UPSERT, ""), "3", "i", "g", "h");
    table.refresh();

    // Then
    assertThat(table.sortOrder().isUnsorted()).isTrue();
    List<List<String>> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().useRef("audit").planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(ids(table, task));
      }
    }
    assertThat(files)
        .containsExactlyInAnyOrder(
            List.of("c", "a", "b"), List.of("d", "e", "f"), List.of("i", "g", "h"));
  }

  @Test
  void sortsRunsThatFitInMemoryAndLosesNoRow() {
    // Given
    Schema schema = new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
    List<Long> found = new ArrayList<>();
    SortedRuns runs =
        new SortedRuns(
            schema,
            SortOrder.builderFor(schema).asc("id").build(),
            row -> found.add((Long) row.getField("id")));
    Record row = GenericRecord.create(schema);
    int rows = 2 * SortedRuns.ROWS + 7;

    // When
    for (long id = rows; id > 0; id--) {
      row.setField("id", id);
      runs.add(row);
    }
    runs.flush();

    // Then
    assertThat(found.subList(0, SortedRuns.ROWS)).isSorted();
    assertThat(found.subList(SortedRuns.ROWS, 2 * SortedRuns.ROWS)).isSorted();
    assertThat(found.subList(2 * SortedRuns.ROWS, rows)).isSorted();
    assertThat(found.stream().distinct().count()).isEqualTo(rows);
  }

  @Test
  void holdsNoMoreThanSoMuchText() {
    // Given
    Schema schema = new Schema(Types.NestedField.required(1, "id", Types.StringType.get()));
    List<Integer> held = new ArrayList<>();
    SortedRuns runs =
        new SortedRuns(
            schema,
            SortOrder.builderFor(schema).asc("id").build(),
            row -> held.add(((String) row.getField("id")).length()));
    Record row = GenericRecord.create(schema);
    row.setField("id", "x".repeat(1 << 20));

    // When
    for (int i = 0; i < 2 * (SortedRuns.BYTES >> 20) - 1; i++) {
      runs.add(row);
    }

    // Then
    assertThat(held).hasSize((int) (SortedRuns.BYTES >> 20));
  }

  @Test
  void sortsTextsAsIcebergDoes() {
    // Given
    Schema schema = new Schema(Types.NestedField.optional(1, "id", Types.StringType.get()));
    List<@Nullable String> found = new ArrayList<>();
    SortedRuns runs =
        new SortedRuns(
            schema,
            SortOrder.builderFor(schema).asc("id").build(),
            row -> found.add((String) row.getField("id")));
    String[] parts = {"", "a", "b", "abcdefgh", "z", "\u007f", "\u0000", "é", "ü", "😀", "\uffee"};
    Random random = new Random(2);
    Record row = GenericRecord.create(schema);

    // When
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(12), 0, parts.length).forEach(part -> text.append(parts[part]));
      row.setField("id", text.toString());
      runs.add(row);
    }
    row.setField("id", null);
    runs.add(row);
    runs.flush();

    // Then
    assertThat(found.getFirst()).isNull();
    assertThat(found.subList(1, found.size()))
        .hasSize(5_000)
        .isSortedAccordingTo(Comparators.charSequences());
  }

  @Test
  void keepsNothingThatAReaderUsesAgain() {
    // Given
    Types.StructType inner =
        Types.StructType.of(
            Types.NestedField.optional(5, "bytes", Types.BinaryType.get()),
            Types.NestedField.optional(6, "text", Types.StringType.get()));
    Schema schema =
        new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "inner", inner),
            Types.NestedField.optional(3, "hash", Types.FixedType.ofLength(2)),
            Types.NestedField.optional(
                4, "list", Types.ListType.ofOptional(7, Types.BinaryType.get())));
    List<Record> found = new ArrayList<>();
    SortedRuns runs =
        new SortedRuns(schema, SortOrder.builderFor(schema).asc("id").build(), found::add);
    Record row = GenericRecord.create(schema);
    Record nested = GenericRecord.create(inner);
    byte[] hash = new byte[2];
    ByteBuffer bytes = ByteBuffer.allocate(1);
    List<Object> list = new ArrayList<>();

    // When
    for (int id : new int[] {3, 1, 2}) {
      hash[0] = (byte) id;
      bytes.put(0, (byte) id);
      nested.setField("bytes", bytes);
      nested.setField("text", "t" + id);
      list.clear();
      IntStream.range(0, id).forEach(i -> list.add(bytes));
      row.setField("id", (long) id);
      row.setField("inner", nested);
      row.setField("hash", hash);
      row.setField("list", list);
      runs.add(row);
    }
    runs.flush();

    // Then
    assertThat(found).hasSize(3);
    for (int id = 1; id <= 3; id++) {
      Record each = found.get(id - 1);
      assertThat(each.getField("id")).isEqualTo((long) id);
      assertThat((byte[]) each.getField("hash")).containsExactly(id, 0);
      assertThat(((Record) each.getField("inner")).getField("text")).isEqualTo("t" + id);
      assertThat(((Record) each.getField("inner")).getField("bytes"))
          .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) id}));
      assertThat((List<?>) each.getField("list")).hasSize(id);
    }
  }

  private void commit(Pipeline pipeline, String name, String... ids) {
    List<String> lines = new ArrayList<>();
    for (String id : ids) {
      lines.add(visit(id, "oslo", 1, 1));
    }
    ReplacingMergeTest.commit(
        lake.table(pipeline), List.of(Visits.land(lake, pipeline, name, lines)));
  }

  private static List<String> ids(Table table, FileScanTask task) throws Exception {
    Schema schema = table.schema().select("id");
    List<String> ids = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(task.file()))
            .project(schema)
            .createReaderFunc(stored -> GenericParquetReaders.buildReader(schema, stored))
            .build()) {
      rows.forEach(row -> ids.add((String) row.getField("id")));
    }
    return ids;
  }
}
