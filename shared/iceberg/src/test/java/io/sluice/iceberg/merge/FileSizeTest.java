package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/**
 * How large data files become. What is not yet compressed counts in full, so files of a small
 * target stay below it.
 */
class FileSizeTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
      """;
  private static final String DECLARED =
      """
      pipeline: { name: events }
      ingestion: { contract: contract.avsc }
      transformation:
        idempotency_key: [id]
        event_time: at
      storage: { target_file_bytes: 1048576 }
      """;
  private static final int TARGET = 1 << 20;
  private static final int ROWS = 60_000;

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = lake.declare("events", DECLARED, CONTRACT);
  private final IcebergTable table = lake.table(pipeline);

  @Test
  void startsAnotherFileAtTheDeclaredSize() throws Exception {
    // Given
    Random random = new Random(1);
    String[] lines = IntStream.range(0, ROWS).mapToObj(i -> line(random, i)).toArray(String[]::new);
    LandedBatch batch = lake.land(pipeline, "1", lines);

    // When
    CommitOutcome outcome = table.commit(table.stage(table.head(), List.of(batch)));

    // Then
    List<DataFile> files = files(lake.foreign(pipeline));
    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(files).hasSizeBetween(3, 9);
    assertThat(files).allMatch(file -> file.content() == FileContent.DATA);
    assertThat(files).allMatch(file -> file.fileSizeInBytes() < TARGET);
    assertThat(files.stream().mapToLong(DataFile::recordCount).sum()).isEqualTo(ROWS);
  }

  private static List<DataFile> files(Table table) throws Exception {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().useRef("audit").planFiles()) {
      return StreamSupport.stream(tasks.spliterator(), false).map(FileScanTask::file).toList();
    }
  }

  /** Sixty-four characters of chance, which take 32 bytes when they are compressed. */
  private static String line(Random random, int number) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%016x%016x%016x%016x\",\"at\":%d}",
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        1767225600000L + number);
  }
}
