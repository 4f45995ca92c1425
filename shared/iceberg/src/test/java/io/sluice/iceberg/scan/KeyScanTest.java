package io.sluice.iceberg.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever pages a file has: hashes are those of the values, and picked rows are the rows. */
class KeyScanTest {
  private static final int ROWS = 5_000;

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "text", Types.StringType.get()),
          Types.NestedField.optional(2, "number", Types.LongType.get()),
          Types.NestedField.required(3, "small", Types.IntegerType.get()),
          Types.NestedField.required(4, "uuid", Types.UUIDType.get()),
          Types.NestedField.required(5, "day", Types.DateType.get()),
          Types.NestedField.required(6, "at", Types.TimestampType.withZone()),
          Types.NestedField.required(7, "bytes", Types.BinaryType.get()),
          Types.NestedField.optional(8, "note", Types.StringType.get()),
          Types.NestedField.required(9, "hash", Types.FixedType.ofLength(16)),
          Types.NestedField.optional(
              10,
              "nested",
              Types.StructType.of(
                  Types.NestedField.optional(11, "when", Types.TimestampType.withoutZone()))));

  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, 1024, 1000000, 1000000000",
    "PARQUET_1_0, 1024, 0, 1000000000",
    "PARQUET_1_0, 1000000, 0, 1000000000",
    "PARQUET_1_0, 2048, 100, 100000",
    "PARQUET_2_0, 1024, 1000000, 1000000000",
    "PARQUET_2_0, 1024, 0, 100000",
  })
  void agreesWithTheRowsWhateverPagesTheyAreIn(
      WriterVersion version, int pageBytes, int dictionaryBytes, int groupBytes)
      throws IOException {
    // Given
    List<Record> rows = rows();
    InputFile written =
        write(
            rows,
            version,
            Map.of(
                "write.parquet.page-size-bytes", "" + pageBytes,
                "write.parquet.dict-size-bytes", "" + Math.max(1, dictionaryBytes),
                "write.parquet.row-group-size-bytes", "" + groupBytes,
                "write.parquet.compression-codec", "zstd"));

    try (ColumnFile file = ColumnFile.open(written)) {
      for (List<String> key : keys()) {
        List<Types.NestedField> fields = key.stream().map(SCHEMA::findField).toList();
        KeyScan scan = KeyScan.of(file, fields).orElseThrow();

        // When
        List<Long> hashes = new ArrayList<>();
        for (int group = 0; group < file.groups().size(); group++) {
          scan.scan(
              group,
              (row, count, found) -> {
                for (int i = 0; i < count; i++) {
                  hashes.add(found[i]);
                }
              });
        }

        // Then
        assertThat(file.isOurs()).isTrue();
        assertThat(hashes)
            .as("%s", key)
            .containsExactlyElementsOf(rows.stream().map(row -> hash(row, key)).toList());
      }
      assertThat(picked(file, rows)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "number", "small", "uuid", "day", "at", "bytes"})
  void leavesOutNoRowThatHasAWantedKey(String column) throws IOException {
    // Given
    List<Record> rows = new ArrayList<>(rows());
    rows.sort(order(column));
    try (ColumnFile file = ColumnFile.open(write(rows, column))) {
      KeyScan scan = KeyScan.of(file, List.of(SCHEMA.findField(column))).orElseThrow();
      for (int count : List.of(1, 10, WantedKeys.FEW, WantedKeys.FEW + 500)) {
        int from = random.nextInt(ROWS - count);
        Set<Object> values = new HashSet<>();
        WantedKeys wanted = new WantedKeys(1);
        for (int i = 0; i < count; i++) {
          Object value = rows.get(from + i).getField(column);
          values.add(value);
          wanted.add(List.of(value));
        }

        // When
        Set<Integer> seen = seen(file, scan, wanted);

        // Then
        for (int row = 0; row < ROWS; row++) {
          if (values.contains(rows.get(row).getField(column))) {
            assertThat(seen).as("%d keys from %d", count, from).contains(row);
          }
        }
        assertThat(seen.size()).as("%d keys from %d", count, from).isLessThan(ROWS);
      }
    }
  }

  @Test
  void readsNoPageForKeysThatBloomFiltersDoNotHave() throws IOException {
    // Given
    try (ColumnFile file = ColumnFile.open(write(rows(), "text"))) {
      KeyScan scan = KeyScan.of(file, List.of(SCHEMA.findField("text"))).orElseThrow();
      WantedKeys wanted = new WantedKeys(1);
      for (int i = 0; i < 10; i++) {
        wanted.add(List.of("ключ 5 нет " + i));
      }

      // Then
      assertThat(seen(file, scan, wanted)).isEmpty();
    }
  }

  @Test
  void alignsPagesOfSeveralColumnsOfWhichSomeAreLeftOut() throws IOException {
    // Given
    List<Record> rows = new ArrayList<>(rows());
    rows.sort(order("uuid"));
    List<String> key = List.of("uuid", "text", "small");
    try (ColumnFile file = ColumnFile.open(write(rows, "uuid"))) {
      KeyScan scan = KeyScan.of(file, key.stream().map(SCHEMA::findField).toList()).orElseThrow();
      WantedKeys wanted = new WantedKeys(key.size());
      for (int row : List.of(17, 2_400, 4_999)) {
        wanted.add(key.stream().map(rows.get(row)::getField).toList());
      }

      // When
      Set<Integer> found = new HashSet<>();
      scan.scan(
          0,
          wanted,
          (row, count, hashes) -> {
            for (int i = 0; i < count; i++) {
              assertThat(hashes[i]).isEqualTo(hash(rows.get((int) row + i), key));
              found.add((int) row + i);
            }
          });

      // Then
      assertThat(found).contains(17, 2_400, 4_999);
      assertThat(found.size()).isLessThan(ROWS / 2);
    }
  }

  /** Parquet's order, in which the UUIDs of Java are not. */
  private static Comparator<Record> order(String column) {
    return column.equals("uuid")
        ? Comparator.comparing(row -> row.getField(column).toString())
        : Comparator.comparing(
            row -> row.getField(column),
            Comparators.forType(SCHEMA.findField(column).type().asPrimitiveType()));
  }

  private static Set<Integer> seen(ColumnFile file, KeyScan scan, WantedKeys wanted)
      throws IOException {
    assertThat(file.groups()).hasSize(1);
    Set<Integer> seen = new HashSet<>();
    scan.scan(
        0,
        wanted,
        (row, count, hashes) -> {
          for (int i = 0; i < count; i++) {
            seen.add((int) row + i);
          }
        });
    return seen;
  }

  private static InputFile write(List<Record> rows, String filtered) throws IOException {
    return write(
        rows,
        WriterVersion.PARQUET_1_0,
        Map.of(
            "write.parquet.page-size-bytes",
            "1024",
            "write.parquet.dict-size-bytes",
            "1",
            "write.parquet.bloom-filter-enabled.column." + filtered,
            "true",
            "write.parquet.bloom-filter-ndv.column." + filtered,
            "" + ROWS,
            "write.parquet.compression-codec",
            "zstd"));
  }

  @Test
  void refusesAKeyThatIsNull() throws IOException {
    List<Record> rows = rows();
    rows.get(ROWS / 2).setField("number", null);
    InputFile written =
        write(rows, WriterVersion.PARQUET_1_0, Map.of("write.parquet.compression-codec", "zstd"));

    try (ColumnFile file = ColumnFile.open(written)) {
      KeyScan scan = KeyScan.of(file, List.of(SCHEMA.findField("number"))).orElseThrow();

      assertThatThrownBy(() -> scan.scan(0, (row, count, hashes) -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("A key field is null, which the contract forbids");
    }
  }

  /** How many rows were picked, each of which was the row of the reader. */
  private int picked(ColumnFile file, List<Record> rows) throws IOException {
    Schema wanted = SCHEMA.select("text", "number", "day", "at", "note", "hash", "nested.when");
    PickedRows picks = PickedRows.of(file, SCHEMA, wanted).orElseThrow();
    int first = 0;
    int[] compared = new int[1];
    for (int group = 0; group < file.groups().size(); group++) {
      int groupRows = (int) file.groups().get(group).getRowCount();
      int start = first;
      int count = 0;
      long[] numbers = new long[groupRows];
      int step = 1 + random.nextInt(500);
      for (int number = random.nextInt(3); number < groupRows; number += 1 + random.nextInt(step)) {
        numbers[count++] = number;
      }
      picks.read(
          group,
          numbers,
          count,
          (index, row) -> {
            Record there = rows.get(start + (int) numbers[index]);
            for (String name : List.of("text", "number", "day", "at", "note", "hash")) {
              assertThat(row.getField(name)).as(name).isEqualTo(there.getField(name));
            }
            assertThat(((Record) row.getField("nested")).getField("when"))
                .isEqualTo(((Record) there.getField("nested")).getField("when"));
            compared[0]++;
          });
      first += groupRows;
    }
    return compared[0];
  }

  private static List<List<String>> keys() {
    return List.of(
        List.of("text"),
        List.of("number"),
        List.of("small"),
        List.of("uuid"),
        List.of("day"),
        List.of("at"),
        List.of("bytes"),
        List.of("text", "number", "uuid", "day"));
  }

  private static long hash(Record row, List<String> key) {
    long hash = 0;
    for (String name : key) {
      hash = ValueKind.combine(hash, ValueKind.bits(Objects.requireNonNull(row.getField(name))));
    }
    return hash;
  }

  private List<Record> rows() {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      GenericRecord row = GenericRecord.create(SCHEMA);
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      byte[] hash = new byte[16];
      random.nextBytes(hash);
      Instant at = Instant.EPOCH.plus(random.nextLong() >> 12, ChronoUnit.MICROS);
      row.setField("text", "ключ " + random.nextInt(1 << random.nextInt(1, 20)));
      row.setField("number", random.nextLong() >> random.nextInt(64));
      row.setField("small", random.nextInt(100) - 50);
      row.setField("uuid", new UUID(random.nextLong(), random.nextLong()));
      row.setField("day", LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000));
      row.setField("at", at.atOffset(ZoneOffset.UTC));
      row.setField("bytes", ByteBuffer.wrap(bytes));
      row.setField("note", random.nextInt(3) == 0 ? null : "n" + random.nextInt(1000));
      row.setField("hash", hash);
      GenericRecord nested = GenericRecord.create(SCHEMA.findField("nested").type().asStructType());
      nested.setField(
          "when", i % 1000 < 500 ? null : at.atOffset(ZoneOffset.UTC).toLocalDateTime());
      row.setField("nested", nested);
      rows.add(row);
    }
    return rows;
  }

  private static InputFile write(
      List<Record> rows, WriterVersion version, Map<String, String> properties) throws IOException {
    InMemoryOutputFile file = new InMemoryOutputFile();
    try (FileAppender<Record> appender =
        Parquet.write(file)
            .schema(SCHEMA)
            .setAll(properties)
            .writerVersion(version)
            .createWriterFunc(GenericParquetWriter::create)
            .build()) {
      rows.forEach(appender::add);
    }
    return file.toInputFile();
  }
}
