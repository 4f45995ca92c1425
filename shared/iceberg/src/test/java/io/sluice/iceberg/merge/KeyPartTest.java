package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A merge in parts comes to what a merge of all keys at once comes to. */
class KeyPartTest {
  private static final long START = 1767225600000L;

  private final TestLake lake = new TestLake();

  @ParameterizedTest
  @CsvSource({
    "append, copy_on_write, string, 300, 7",
    "append, copy_on_write, string, 4000, 900",
    "append, copy_on_write, boolean, 40, 7",
    "upsert, copy_on_write, string, 300, 7",
    "upsert, deletion_vectors, string, 300, 7",
    "upsert, deletion_vectors, string, 4000, 900",
  })
  void comesToTheSameInParts(String mode, String rowChanges, String type, int records, int atOnce)
      throws IOException {
    // Given
    Pipeline pipeline = declare(mode, rowChanges, type);
    Random random = new Random(records + atOnce);
    IcebergTable curated = lake.table(pipeline);
    for (int batch = 0; batch < 2; batch++) {
      LandedBatch landed = lake.land(pipeline, "" + batch, lines(type, random, records));
      curated.commit(curated.stage(curated.head(), List.of(landed)));
    }
    // Files of one key each, which the parts that do not have it would leave out.
    String[] alone = lines(type, random, 6);
    for (String line : alone) {
      LandedBatch landed = lake.land(pipeline, "alone " + line, line);
      curated.commit(curated.stage(curated.head(), List.of(landed)));
    }
    List<LandedBatch> batches =
        List.of(
            lake.land(pipeline, "again", alone),
            lake.land(pipeline, "a", lines(type, random, records)),
            lake.land(pipeline, "b", lines(type, random, records)));
    Table table = lake.foreign(pipeline);
    OptionalLong head = OptionalLong.of(table.snapshot("audit").snapshotId());

    // When
    List<String> refused = new ArrayList<>();
    List<String> refusedInParts = new ArrayList<>();
    Merge.Result whole =
        new Merge(table, pipeline, new KnownKeys())
            .run(batches, head, "whole", (batch, row, content, kept) -> refused.add(content));
    Merge.Result parts =
        new Merge(table, pipeline, new KnownKeys(), atOnce)
            .run(
                batches, head, "parts", (batch, row, content, kept) -> refusedInParts.add(content));

    // Then
    assertThat(parts.accounts()).isEqualTo(whole.accounts());
    assertThat(rows(table, parts)).containsExactlyInAnyOrderElementsOf(rows(table, whole));
    assertThat(replaced(parts)).isEqualTo(replaced(whole));
    assertThat(refusedInParts).containsExactlyInAnyOrderElementsOf(refused);
    if (!type.equals("boolean")) {
      assertThat(whole.added()).isNotEmpty();
      assertThat(mode.equals("append") ? refused : replaced(whole)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hard, copy_on_write, 1, 0",
    "hard, copy_on_write, 2, 15",
    "hard, deletion_vectors, 3, 0",
    "soft, copy_on_write, 4, 0",
    "soft, deletion_vectors, 5, 0",
    "soft, deletion_vectors, 6, 15",
  })
  void comesToTheSameInPartsOfChanges(String deletes, String rowChanges, int seed, int deleted)
      throws IOException {
    // Given
    Pipeline pipeline = ChangesTest.declare(lake, deletes, rowChanges);
    IcebergTable curated = lake.table(pipeline);
    for (int key = 0; key <= deleted; key++) {
      LandedBatch deletion =
          lake.landChanges(pipeline, "d" + key, ChangesTest.delete(100 + key, "gone" + key));
      curated.commit(curated.stage(curated.head(), List.of(deletion)));
    }
    Random random = new Random(seed);
    List<LandedBatch> batches = new ArrayList<>();
    for (int source = 0; source < 2; source++) {
      batches.addAll(ChangesTest.source(lake, pipeline, random, new HashMap<>()));
    }
    Collections.shuffle(batches, random);

    for (int from = 0; from < batches.size(); from += 4) {
      List<LandedBatch> group = batches.subList(from, Math.min(from + 4, batches.size()));
      Table table = lake.foreign(pipeline);
      OptionalLong head = OptionalLong.of(table.snapshot("audit").snapshotId());

      // When
      Merge.Result whole =
          new Merge(table, pipeline, new KnownKeys())
              .run(group, head, "whole" + from, (b, row, c, kept) -> {});
      Merge.Result parts =
          new Merge(table, pipeline, new KnownKeys(), 6)
              .run(group, head, "parts" + from, (b, row, c, kept) -> {});

      // Then
      assertThat(parts.accounts()).isEqualTo(whole.accounts());
      assertThat(rows(table, parts)).containsExactlyInAnyOrderElementsOf(rows(table, whole));
      assertThat(replaced(parts)).isEqualTo(replaced(whole));
      assertThat(deletions(table, parts)).isEqualTo(deletions(table, whole));
      assertThat(without(parts.notes(), Tombstones.FILES))
          .isEqualTo(without(whole.notes(), Tombstones.FILES));
      curated.commit(curated.stage(curated.head(), group));
    }
  }

  private static Map<String, String> without(Map<String, String> notes, String key) {
    Map<String, String> others = new HashMap<>(notes);
    others.remove(key);
    return others;
  }

  /** The latest deletion of each key that is remembered. */
  private static Map<Fingerprint, Version> deletions(Table table, Merge.Result result)
      throws IOException {
    Map<Fingerprint, Version> latest = new HashMap<>();
    String files = Objects.requireNonNull(result.notes().get(Tombstones.FILES));
    for (String file : files.isEmpty() ? List.<String>of() : List.of(files.split(",", -1))) {
      Tombstones.read(
          table,
          file,
          (key, version) ->
              latest.merge(key, version, (one, other) -> one.isAfter(other) ? one : other));
    }
    return latest;
  }

  private Pipeline declare(String mode, String rowChanges, String type) {
    return lake.declare(
        "visits",
        """
        pipeline: { name: visits }
        ingestion: { contract: contract.avsc }
        transformation: { idempotency_key: [id], event_time: at, merge: %s }
        storage: { format: iceberg, row_changes: %s }
        """
            .formatted(mode, rowChanges),
        """
        {"type": "record", "name": "Visit", "fields": [
          {"name": "id", "type": "%s"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "count", "type": "int"}]}
        """
            .formatted(type));
  }

  private static String[] lines(String type, Random random, int count) {
    String[] lines = new String[count];
    for (int i = 0; i < count; i++) {
      int id = random.nextInt(3 * count);
      lines[i] =
          String.format(
              Locale.ROOT,
              "{\"id\":%s,\"at\":%d,\"count\":%d}",
              type.equals("boolean") ? id % 2 == 0 : "\"visit-" + id + '"',
              START + random.nextInt(3),
              random.nextInt(2));
    }
    return lines;
  }

  /** The rows that a merge adds. */
  static List<String> rows(Table table, Merge.Result result) throws IOException {
    List<String> rows = new ArrayList<>();
    for (DataFile file : result.added()) {
      try (CloseableIterable<Record> records =
          Parquet.read(table.io().newInputFile(file))
              .project(table.schema())
              .createReaderFunc(stored -> GenericParquetReaders.buildReader(table.schema(), stored))
              .build()) {
        records.forEach(
            row -> {
              row.setField("_hash", Fingerprint.of((byte[]) row.getField("_hash")).toString());
              rows.add(row.toString());
            });
      }
    }
    return rows;
  }

  /** The files that go, and how many rows are marked as gone in others. */
  static List<String> replaced(Merge.Result result) {
    return Stream.concat(
            result.removed().stream().map(DataFile::location),
            result.marks().stream()
                .map(mark -> mark.referencedDataFile() + " " + mark.recordCount()))
        .sorted()
        .toList();
  }
}
