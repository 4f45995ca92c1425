package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.iceberg.lake.TestLake;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.junit.jupiter.api.Test;

/** How files of many partitions share the memory that they are written in. */
class RowFilesTest {
  private static final int ROWS = 30_000;
  private static final int PLACES = 5;

  private final TestLake lake = new TestLake();

  @Test
  void closesTheLargestFileWhenOpenOnesHoldTooMuch() throws IOException {
    // Given
    Pipeline pipeline = Visits.declare(lake, "", "");
    lake.table(pipeline);
    Table table = lake.foreign(pipeline);

    // When
    List<DataFile> few = write(table, "few", Long.MAX_VALUE);
    List<DataFile> many = write(table, "many", 200_000);
    List<DataFile> again = write(table, "again", 200_000);

    // Then
    assertThat(few).hasSize(PLACES);
    assertThat(many.size()).isBetween(PLACES + 3, 40);
    assertThat(rowsOfPartitions(many)).isEqualTo(rowsOfPartitions(few));
    assertThat(numbers(many)).isEqualTo(numbers(again));
    assertThat(many.stream().map(DataFile::recordCount))
        .containsExactlyElementsOf(again.stream().map(DataFile::recordCount).toList());
  }

  /** The ends of the files' names, behind the operation. */
  private static List<String> numbers(List<DataFile> files) {
    return files.stream().map(file -> file.location().replaceFirst(".*-", "")).toList();
  }

  private static Map<String, Long> rowsOfPartitions(List<DataFile> files) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                file -> file.partition().toString(),
                Collectors.summingLong(DataFile::recordCount)));
  }

  private static List<DataFile> write(Table table, String operation, long mostHeldBytes)
      throws IOException {
    Random random = new Random(7);
    try (RowFiles files = new RowFiles(table, operation, ROWS, mostHeldBytes)) {
      GenericRecord row = GenericRecord.create(table.schema());
      for (int i = 0; i < ROWS; i++) {
        byte[] hash = new byte[16];
        random.nextBytes(hash);
        row.setField("id", "visit " + random.nextLong());
        row.setField("place", "place " + random.nextInt(PLACES));
        row.setField("at", OffsetDateTime.parse("2026-01-02T03:04:05Z"));
        row.setField("_batch", "batch");
        row.setField("_ordinal", (long) i);
        row.setField("_hash", hash);
        files.add(row);
      }
      return files.finish();
    }
  }
}
