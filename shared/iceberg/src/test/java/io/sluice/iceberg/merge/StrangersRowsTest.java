package io.sluice.iceberg.merge;

import static io.sluice.iceberg.merge.Visits.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.MergeCounts;
import io.sluice.iceberg.audit.Finding;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.read.TableHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.junit.jupiter.api.Test;

/** What other engines write into a table: marks of many data files in one, rows of no batch. */
class StrangersRowsTest {
  private final TestLake lake = new TestLake();

  @Test
  void bringsNoRowBackThatAnEngineDeletedBesideACopiedFile() throws Exception {
    // Given
    Pipeline pipeline = upserts("copy_on_write");
    twoFiles(pipeline);
    deleteFirstRows(pipeline, 1);

    // When
    List<MergeCounts> counts = upsert(pipeline);

    // Then
    assertThat(counts).containsExactly(new MergeCounts(0, 1, 0, 0, 0, 0));
    assertThat(Summaries.read(lake.foreign(pipeline).snapshot("audit")).addedRows()).isZero();
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(visit("b", "oslo", 1, 2), visit("d", "oslo", 1, 1));
  }

  @Test
  void marksRowsInAFileThatAnEngineMarkedMoreThanOnce() throws Exception {
    // Given
    Pipeline before = upserts("copy_on_write");
    twoFiles(before);
    deleteFirstRows(before, 2);
    Pipeline pipeline = upserts("deletion_vectors");

    // When
    List<MergeCounts> counts = upsert(pipeline);

    // Then
    assertThat(counts).containsExactly(new MergeCounts(0, 1, 0, 0, 0, 0));
    assertThat(Summaries.read(lake.foreign(pipeline).snapshot("audit")).addedRows()).isZero();
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(visit("b", "oslo", 1, 2), visit("d", "oslo", 1, 1));
  }

  @Test
  void namesRowsThatAnEngineWroteUnderABatchOfItsOwn() throws Exception {
    // Given
    Pipeline pipeline = upserts("copy_on_write");
    twoFiles(pipeline);
    Table table = lake.foreign(pipeline);
    AppendFiles append = table.newAppend().toBranch("audit");
    try (RowFiles files = new RowFiles(table, "stranger", 1)) {
      Record row = GenericRecord.create(table.schema());
      row.setField("id", "x");
      row.setField("place", "oslo");
      row.setField("_batch", "by hand");
      row.setField("_ordinal", 0L);
      row.setField("_hash", new byte[16]);
      files.add(row);
      files.finish().forEach(append::appendFile);
    }
    append.commit();

    // Then
    assertThat(lake.audit(pipeline).findings())
        .extracting(Finding::code, Finding::subject)
        .contains(tuple("rows-of-batch", "by hand"));
  }

  @Test
  void countsNoRowThatIsMarkedAsGone() {
    // Given
    Pipeline pipeline = upserts("deletion_vectors");
    twoFiles(pipeline);
    upsert(pipeline);

    // Then
    TableHistory history = lake.reader(pipeline).history();
    assertThat(history.audit().orElseThrow().rows()).isEqualTo(4);
    assertThat(history.entries().getLast().totalRows()).isEqualTo(4);
  }

  private Pipeline upserts(String rowChanges) {
    return Visits.declare(lake, "merge: upsert\n", "row_changes: " + rowChanges + "\n");
  }

  private void twoFiles(Pipeline pipeline) {
    for (String name : List.of("ab", "cd")) {
      List<String> visits =
          name.chars().mapToObj(id -> visit(Character.toString(id), "oslo", 1, 1)).toList();
      ReplacingMergeTest.commit(
          lake.table(pipeline), List.of(Visits.land(lake, pipeline, name, visits)));
    }
  }

  private List<MergeCounts> upsert(Pipeline pipeline) {
    return ReplacingMergeTest.commit(
        lake.table(pipeline),
        List.of(Visits.land(lake, pipeline, "later", List.of(visit("b", "oslo", 1, 2)))));
  }

  /** Marks the first row of every data file as gone, in one file, {@code times} times. */
  private void deleteFirstRows(Pipeline pipeline, int times) throws IOException {
    Table table = lake.foreign(pipeline);
    RowDelta delta = table.newRowDelta().toBranch("audit");
    for (int time = 0; time < times; time++) {
      delta.addDeletes(marks(table, time));
    }
    delta.commit();
  }

  private static DeleteFile marks(Table table, int time) throws IOException {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().useRef("audit").planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    PositionDeleteWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .deleteFileFormat(FileFormat.PARQUET)
            .build()
            .newPositionDeleteWriter(
                OutputFileFactory.builderFor(table, 0, time)
                    .operationId("stranger")
                    .format(FileFormat.PARQUET)
                    .build()
                    .newOutputFile(table.spec(), files.getFirst().partition()),
                table.spec(),
                files.getFirst().partition());
    PositionDelete<Record> first = PositionDelete.create();
    try (writer) {
      files.stream()
          .map(DataFile::location)
          .sorted()
          .forEach(location -> writer.write(first.set(location, 0)));
    }
    return writer.toDeleteFile();
  }
}
