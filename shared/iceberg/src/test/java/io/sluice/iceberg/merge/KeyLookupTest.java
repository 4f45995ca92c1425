package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.scan.ValueKind;
import io.sluice.iceberg.table.IcebergTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are found in whatever files they are, by few records and by many. */
class KeyLookupTest {
  private static final long START = 1767225600000L;

  private final TestLake lake = new TestLake();

  @ParameterizedTest
  @ValueSource(ints = {1, 3_000})
  void tellsKeysApartThatHaveOneHash(int others) {
    // Given
    Pipeline pipeline = pairs("\"long\"", "", "");
    long one = 7;
    long two = 11;
    long second = 31 * (ValueKind.combine(0, one) - ValueKind.combine(0, two)) + 5;
    assertThat(hash(two, second)).isEqualTo(hash(one, 5));
    commit(pipeline, lake.land(pipeline, "1", pair(one, 5, 0)));

    // When
    List<String> lines = pairs(1_000, others);
    lines.add(pair(two, second, 0));
    // Without these the bounds of the columns would leave the row out.
    lines.add(pair(one, 6, 0));
    lines.add(pair(99, 5, 0));

    // Then
    assertThat(commit(pipeline, land(pipeline, "2", lines)))
        .isEqualTo(new MergeCounts(others + 3, 0, 0, 0, 0, 0));
    assertThat(commit(pipeline, lake.land(pipeline, "3", pair(two, second, 0), pair(one, 5, 0))))
        .isEqualTo(new MergeCounts(0, 0, 0, 2, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"gzip, 10", "gzip, 3000", "zstd, 10", "zstd, 3000"})
  void findsKeysInFilesThatAnotherWriterMade(String codec, int count) {
    // Given
    Pipeline pipeline = pairs("\"long\"", "", "");
    IcebergTable table = lake.table(pipeline);
    lake.foreign(pipeline)
        .updateProperties()
        .set(TableProperties.PARQUET_COMPRESSION, codec)
        .remove(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + "a")
        .remove(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + "b")
        .commit();
    ReplacingMergeTest.commit(table, List.of(land(pipeline, "1", pairs(0, count))));

    // Then
    assertThat(commit(pipeline, land(pipeline, "2", pairs(5, count))))
        .isEqualTo(new MergeCounts(5, 0, 0, count - 5, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 1_500})
  void findsKeysInSomePagesOfMany(int count) {
    // Given
    Pipeline pipeline = pairs("\"long\"", "", "");
    IcebergTable table = lake.table(pipeline);
    lake.foreign(pipeline).updateProperties().set("write.parquet.page-row-limit", "100").commit();
    ReplacingMergeTest.commit(table, List.of(land(pipeline, "1", pairs(0, 3_000))));

    // Then
    for (int first : List.of(0, 777, 2_990)) {
      int known = Math.min(count, 3_000 - first);
      assertThat(stage(pipeline, land(pipeline, "from " + first, pairs(first, count))))
          .isEqualTo(new MergeCounts(count - known, 0, 0, known, 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 3_000})
  void findsKeysInFilesOfAnOlderSchemaAndOtherPartitions(int count) {
    // Given
    Pipeline narrow = pairs("\"int\"", "", "partitions: [partition_date]\n");
    commit(narrow, land(narrow, "1", pairs(0, count)));

    // When
    Pipeline wide = pairs("\"long\"", "", "partitions: [\"bucket(3, a)\"]\n");
    commit(wide, land(wide, "2", pairs(count, count)));

    // Then
    assertThat(commit(wide, land(wide, "3", pairs(5, 2 * count))))
        .isEqualTo(new MergeCounts(5, 0, 0, 2 * count - 5, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "10, copy_on_write",
    "3000, copy_on_write",
    "10, deletion_vectors",
    "3000, deletion_vectors"
  })
  void doesNotFindRowsThatAreGone(int count, String rowChanges) throws IOException {
    // Given
    Pipeline pipeline = pairs("\"long\"", "row_changes: " + rowChanges + "\n", "merge: upsert\n");
    IcebergTable table = lake.table(pipeline);
    lake.foreign(pipeline)
        .updateProperties()
        .set(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "8000")
        .commit();
    ReplacingMergeTest.commit(table, List.of(land(pipeline, "1", pairs(0, count))));
    assertThat(rowGroups(pipeline)).isGreaterThanOrEqualTo(count < 1_000 ? 1 : 2);

    // When
    List<String> later = new ArrayList<>();
    for (int i = 0; i < count; i += 2) {
      later.add(pair(i, i, 1));
    }

    // Then
    int changed = later.size();
    assertThat(commit(pipeline, land(pipeline, "2", later)))
        .isEqualTo(new MergeCounts(0, changed, 0, 0, 0, 0));
    assertThat(commit(pipeline, land(pipeline, "3", later)))
        .isEqualTo(new MergeCounts(0, 0, 0, changed, 0, 0));
    assertThat(lake.rows(pipeline, "audit")).hasSize(count);
  }

  /** How many row groups the first data file has. */
  private int rowGroups(Pipeline pipeline) throws IOException {
    try (CloseableIterable<FileScanTask> files =
        lake.foreign(pipeline).newScan().useRef("audit").planFiles()) {
      return files.iterator().next().file().splitOffsets().size();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 3_000})
  void findsKeysWithinPartitionsThatAreNull(int count) {
    // Given
    Pipeline pipeline =
        pairs("\"long\"", "", "unique: partition\npartitions: [\"bucket(2, a)\", kind]\n");
    List<String> lines = new ArrayList<>();
    for (String line : pairs(0, count)) {
      lines.add(line);
      lines.add(line.replace("}", ",\"kind\":\"x\"}"));
    }
    assertThat(commit(pipeline, land(pipeline, "1", lines)))
        .isEqualTo(new MergeCounts(2L * count, 0, 0, 0, 0, 0));

    // Then
    assertThat(commit(pipeline, land(pipeline, "2", lines.subList(1, lines.size()))))
        .isEqualTo(new MergeCounts(0, 0, 0, 2L * count - 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "long"})
  void readsOnlyFilesWhereKeysAreWhenSomeComeLate(String type) throws IOException {
    // Given
    Pipeline pipeline = singles(type);
    for (int day = 0; day < 5; day++) {
      commit(pipeline, land(pipeline, "day " + day, singles(type, day * 10_000, 2_500)));
    }
    List<String> lines = singles(type, 4 * 10_000 + 1_000, 2_500);
    lines.add(single(type, 1_234));
    LandedBatch batch = land(pipeline, "late", lines);

    // When
    MergeTarget target =
        new MergeTarget(
            lake.foreign(pipeline),
            pipeline,
            OptionalLong.of(lake.foreign(pipeline).snapshot("audit").snapshotId()),
            "op",
            new KnownKeys());
    BatchKeys keys =
        BatchKeys.read(
            target, new RawBatches(target.table(), pipeline, List.of(batch)), KeyPart.WHOLE);

    // Then
    assertThat(target.files(keys).count()).isEqualTo(2);
    assertThat(stage(pipeline, batch)).isEqualTo(new MergeCounts(1_000, 0, 0, 1_501, 0, 0));
  }

  private Pipeline singles(String type) {
    return lake.declare(
        "singles",
        """
        pipeline: { name: singles }
        ingestion: { contract: contract.avsc }
        transformation: { idempotency_key: [k], event_time: at }
        storage: { format: iceberg }
        """,
        """
        {"type": "record", "name": "Single", "fields": [
          {"name": "k", "type": "%s"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """
            .formatted(type));
  }

  private static List<String> singles(String type, int first, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      lines.add(single(type, i));
    }
    return lines;
  }

  private static String single(String type, int number) {
    return String.format(
        Locale.ROOT,
        type.equals("string") ? "{\"k\":\"order-%08d\",\"at\":%d}" : "{\"k\":%d,\"at\":%d}",
        number,
        START);
  }

  private static long hash(long first, long second) {
    return ValueKind.combine(ValueKind.combine(0, first), second);
  }

  private Pipeline pairs(String type, String storage, String transformation) {
    return lake.declare(
        "pairs",
        """
        pipeline: { name: pairs }
        ingestion: { contract: contract.avsc }
        transformation:
          idempotency_key: [a, b]
          event_time: at
        """
            + transformation.indent(2)
            + "storage:\n  format: iceberg\n"
            + storage.indent(2),
        """
        {"type": "record", "name": "Pair", "fields": [
          {"name": "a", "type": %s},
          {"name": "b", "type": %s},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "kind", "type": ["null", "string"], "default": null}]}
        """
            .formatted(type, type));
  }

  private static List<String> pairs(int first, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      lines.add(pair(i, i, 0));
    }
    return lines;
  }

  private static String pair(long first, long second, int seconds) {
    return String.format(
        Locale.ROOT, "{\"a\":%d,\"b\":%d,\"at\":%d}", first, second, START + seconds * 1000L);
  }

  private LandedBatch land(Pipeline pipeline, String name, List<String> lines) {
    return lake.land(pipeline, name, lines.toArray(String[]::new));
  }

  private MergeCounts stage(Pipeline pipeline, LandedBatch batch) {
    IcebergTable table = lake.table(pipeline);
    return Objects.requireNonNull(
            table.stage(table.head(), List.of(batch)).accounts().get(batch.id()))
        .merged();
  }

  private MergeCounts commit(Pipeline pipeline, LandedBatch batch) {
    return ReplacingMergeTest.commit(lake.table(pipeline), List.of(batch)).getFirst();
  }
}
