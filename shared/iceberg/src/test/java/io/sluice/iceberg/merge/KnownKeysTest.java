package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of data files from merge to merge changes what a merge costs, and nothing else. */
class KnownKeysTest {
  private static final long START = 1767225600000L;
  private static final int ROWS = 3_000;

  private final TestLake lake = new TestLake();

  @ParameterizedTest
  @CsvSource({
    "append, copy_on_write, table, 134217728",
    "append, copy_on_write, table, 20000",
    "upsert, copy_on_write, table, 20000",
    "upsert, deletion_vectors, table, 134217728",
    "upsert, deletion_vectors, table, 20000",
    "upsert, deletion_vectors, partition, 134217728",
  })
  void mergesComeToTheSame(String mode, String rowChanges, String unique, String groupBytes)
      throws IOException {
    // Given
    Pipeline pipeline = declare(mode, rowChanges, unique);
    IcebergTable curated = lake.table(pipeline);
    Table table = lake.foreign(pipeline);
    table.updateProperties().set(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, groupBytes).commit();
    commit(curated, lake.land(pipeline, "all", lines(IntStream.range(0, ROWS))));
    Random random = new Random(7);
    KnownKeys known = new KnownKeys();

    for (int round = 0; round < 5; round++) {
      LandedBatch batch =
          lake.land(pipeline, "" + round, lines(random.ints(20, 0, ROWS + ROWS / 2)));
      table.refresh();
      OptionalLong head = OptionalLong.of(table.snapshot("audit").snapshotId());

      // When
      Merge.Result warm = merge(table, pipeline, known, batch, head);
      Merge.Result cold = merge(table, pipeline, new KnownKeys(), batch, head);

      // Then
      assertThat(warm.accounts()).isEqualTo(cold.accounts());
      assertThat(KeyPartTest.rows(table, warm))
          .containsExactlyInAnyOrderElementsOf(KeyPartTest.rows(table, cold));
      assertThat(KeyPartTest.replaced(warm)).isEqualTo(KeyPartTest.replaced(cold));
      commit(curated, batch);
    }
    boolean isRewritten = mode.equals("upsert") && rowChanges.equals("copy_on_write");
    assertThat(known.rows()).isGreaterThan(isRewritten ? -1 : ROWS / 2);
  }

  private static Merge.Result merge(
      Table table, Pipeline pipeline, KnownKeys known, LandedBatch batch, OptionalLong head) {
    return new Merge(table, pipeline, known).run(List.of(batch), head, "op", Refusals.UNASKED);
  }

  private static void commit(IcebergTable curated, LandedBatch batch) {
    curated.commit(curated.stage(curated.head(), List.of(batch)));
  }

  @Test
  void keepsAGroupThatFewKeysHaveScannedTwice() {
    // Given
    KnownKeys known = new KnownKeys();

    // Then
    assertThat(known.isDue(group(0), 1_000, 100)).isFalse();
    known.scanned(group(0), 1_000, 101);
    assertThat(known.isDue(group(0), 1_000, 100)).isFalse();
    known.scanned(group(0), 1_000, 100);
    assertThat(known.isDue(group(0), 1_000, 101)).isFalse();
    assertThat(known.isDue(group(0), 1_000, 100)).isTrue();
    assertThat(known.isDue(group(1), 1_000, 100)).isFalse();
    assertThat(known.find(group(0))).isEmpty();
  }

  @Test
  void keepsGroupsForAsLongAsTheyAreAskedFor() {
    // Given
    KnownKeys known = new KnownKeys(250);
    known.keep(group(0), keys(100));
    known.keep(group(1), keys(100));
    known.scanned(group(2), 100, 1);

    // When more groups are scanned in turn than there is room for
    known.find(group(2));
    assertThat(known.isDue(group(2), 100, 1)).isFalse();
    known.keep(group(2), keys(100));

    // Then
    assertThat(known.find(group(2))).isEmpty();
    assertThat(known.find(group(1))).isPresent();

    // When nobody asks for one of them any more
    for (int times = 0; times <= 1_000; times++) {
      known.find(group(0));
    }
    assertThat(known.isDue(group(2), 100, 1)).isTrue();
    known.keep(group(2), keys(100));

    // Then
    assertThat(known.find(group(1))).isEmpty();
    assertThat(known.find(group(0))).isPresent();
    assertThat(known.find(group(2))).isPresent();
    assertThat(known.rows()).isEqualTo(200);
  }

  @Test
  void knowsNoMoreThanSoManyGroups() {
    // Given
    KnownKeys known = new KnownKeys();

    // When
    for (int number = 0; number <= 1_000; number++) {
      known.scanned(group(number), 100, 1);
    }

    // Then
    assertThat(known.isDue(group(0), 100, 1)).isFalse();
    assertThat(known.isDue(group(1), 100, 1)).isTrue();
  }

  private static KnownKeys.Group group(int number) {
    return new KnownKeys.Group(
        new UUID(0, 0), "file", 100, number, List.of(1), PartitionSpec.unpartitioned());
  }

  private static KnownKeys.Keys keys(int rows) {
    KnownKeys.Keys keys = new KnownKeys.Keys(rows);
    for (int row = 0; row < rows; row++) {
      keys.add(row, new Fingerprint(row, row));
    }
    return keys;
  }

  private Pipeline declare(String mode, String rowChanges, String unique) {
    return lake.declare(
        "visits",
        """
        pipeline: { name: visits }
        ingestion: { contract: contract.avsc }
        transformation:
          { idempotency_key: [id], event_time: at, merge: %s, unique: %s, partitions: [place] }
        storage: { format: iceberg, row_changes: %s }
        """
            .formatted(mode, unique, rowChanges),
        """
        {"type": "record", "name": "Visit", "fields": [
          {"name": "id", "type": "string"},
          {"name": "place", "type": "string"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """);
  }

  /** Visits of those numbers, at two places, whose ids are in no order. */
  private static String[] lines(IntStream numbers) {
    return numbers
        .mapToObj(
            number ->
                String.format(
                    Locale.ROOT,
                    "{\"id\":\"%08x\",\"place\":\"%s\",\"at\":%d}",
                    number * 0x9E3779B1,
                    number % 2 == 0 ? "oslo" : "rome",
                    START + number))
        .toArray(String[]::new);
  }
}
