package io.sluice.iceberg.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.iceberg.scan.ColumnPages;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever pages a column is in, its values are those that were written, at their rows. */
class PageValuesTest {
  private static final int ROWS = 3_000;

  private final Random random = new Random(11);

  /** One value of each type, among few or among many. */
  private final Map<Type, IntFunction<Object>> types =
      Map.ofEntries(
          Map.entry(Types.BooleanType.get(), few -> random.nextInt(3) == 0),
          Map.entry(Types.IntegerType.get(), few -> random.nextInt(-few, few)),
          Map.entry(Types.LongType.get(), few -> random.nextInt(-few, few) * 10_000_000_019L),
          Map.entry(Types.FloatType.get(), few -> random.nextInt(-few, few) / 8f),
          Map.entry(Types.DoubleType.get(), few -> random.nextInt(-few, few) / 7.0),
          Map.entry(Types.DateType.get(), few -> LocalDate.ofEpochDay(random.nextInt(few))),
          Map.entry(Types.TimeType.get(), few -> time(random.nextInt(few))),
          Map.entry(Types.TimestampType.withZone(), few -> at(random.nextInt(-few, few))),
          Map.entry(
              Types.TimestampType.withoutZone(),
              few -> at(random.nextInt(-few, few)).toLocalDateTime()),
          Map.entry(Types.StringType.get(), few -> "größe".repeat(random.nextInt(1 + few % 9))),
          Map.entry(Types.UUIDType.get(), few -> new UUID(random.nextInt(few), few)),
          Map.entry(Types.BinaryType.get(), few -> ByteBuffer.wrap(bytes(random.nextInt(few)))),
          Map.entry(Types.FixedType.ofLength(4), few -> bytes(random.nextInt(few))),
          Map.entry(Types.DecimalType.of(9, 2), few -> decimal(random.nextInt(-few, few), 2)),
          Map.entry(Types.DecimalType.of(18, 3), few -> decimal(random.nextInt(-few, few), 3)),
          Map.entry(Types.DecimalType.of(38, 4), few -> decimal(random.nextInt(-few, few), 4)));

  @ParameterizedTest
  @CsvSource({
    // format, bytes of a page, of a dictionary, of a row group; how many values; nulls in 10 rows
    "PARQUET_1_0, 1000000, 1000000, 1000000000, 100, 0",
    "PARQUET_1_0, 1024, 1000000, 100000, 50, 3",
    "PARQUET_1_0, 1024, 1, 1000000000, 100000, 0",
    "PARQUET_1_0, 1024, 1, 100000, 100000, 3",
    "PARQUET_1_0, 2048, 4000, 1000000000, 100000, 1",
    "PARQUET_2_0, 1024, 1000000, 100000, 50, 3",
    "PARQUET_2_0, 1024, 1, 1000000000, 100000, 3",
  })
  void areThoseThatWereWritten(
      WriterVersion version, int page, int dictionary, int group, int few, int nulls)
      throws IOException {
    for (Map.Entry<Type, IntFunction<Object>> each : types.entrySet()) {
      // Given
      Schema schema = new Schema(Types.NestedField.optional(1, "value", each.getKey()));
      List<Record> rows = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        Record row = GenericRecord.create(schema);
        row.setField("value", random.nextInt(10) < nulls ? null : each.getValue().apply(few));
        rows.add(row);
      }
      Map<String, String> properties =
          Map.of(
              "write.parquet.page-size-bytes", "" + page,
              "write.parquet.dict-size-bytes", "" + dictionary,
              "write.parquet.row-group-size-bytes", "" + group);
      InputFile file = write(schema, rows, version, properties);

      // When
      int row = 0;
      try (ParquetFileReader reader =
          ParquetFileReader.open(new ParquetSource(file), ParquetFiles.anyCodec())) {
        for (int i = 0; i < reader.getRowGroups().size(); i++) {
          int count = Math.toIntExact(reader.getRowGroups().get(i).getRowCount());
          for (Type type : List.of(each.getKey(), widened(each.getKey()))) {
            ColumnValues values = values(reader, i, count, type);

            // Then
            isAsWritten(values, rows.subList(row, row + count), type);
          }
          row += count;
        }
      }
      assertThat(row).isEqualTo(ROWS);
    }
  }

  /** What the table may have come to since the file was written. */
  private static Type widened(Type type) {
    return switch (type.typeId()) {
      case INTEGER -> Types.LongType.get();
      case FLOAT -> Types.DoubleType.get();
      case DECIMAL -> Types.DecimalType.of(38, ((Types.DecimalType) type).scale());
      default -> type;
    };
  }

  private static ColumnValues values(ParquetFileReader reader, int group, int rows, Type type)
      throws IOException {
    ColumnDescriptor column = reader.getFileMetaData().getSchema().getColumns().getFirst();
    ColumnValues values = new ColumnValues(type, rows);
    try (PageReadStore pages = reader.readRowGroup(group)) {
      new PageValues(column, values).read(new ColumnPages(column, pages.getPageReader(column)));
    }
    return values;
  }

  private static void isAsWritten(ColumnValues values, List<Record> rows, Type type) {
    int[] expected = new int[values.size()];
    for (int i = 0; i < rows.size(); i++) {
      Object written = rows.get(i).getField("value");
      int code = values.code(i);
      assertThat(code == ColumnValues.NULL).as("%s, row %d", type, i).isEqualTo(written == null);
      if (written != null) {
        expected[code]++;
        assertThat(values.text(code)).as("%s, row %d", type, i).isEqualTo(text(written));
        assertThat(values.hash(code)).as("%s, row %d", type, i).isEqualTo(Values.hash(written));
        assertThat((Double) values.number(code))
            .as("%s, row %d", type, i)
            .isEqualTo((Double) number(written));
      }
    }
    assertThat(values.counts(null)).as("%s", type).containsExactly(expected);
    assertThat(values.counts(null)).as("%s, again", type).containsExactly(expected);
  }

  /** By another way than the product's where there is one. */
  private static String text(Object written) {
    return switch (written) {
      case LocalTime time -> Long.toString(time.getLong(ChronoField.MICRO_OF_DAY));
      case BigDecimal number when number.signum() == 0 -> "0";
      default -> Values.text(written);
    };
  }

  private static double number(Object written) {
    return switch (written) {
      case Number number -> number.doubleValue();
      case LocalDate date -> date.toEpochDay() * 86_400.0;
      case OffsetDateTime time -> ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()) / 1e6;
      case LocalDateTime time -> number(time.atOffset(ZoneOffset.UTC));
      default -> Double.NaN;
    };
  }

  private static OffsetDateTime at(int number) {
    return Instant.EPOCH.plus(number * 86_400_000_123L, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static LocalTime time(int number) {
    return LocalTime.ofNanoOfDay(number % 86_400_000 * 1_000_000L);
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static BigDecimal decimal(int number, int scale) {
    return new BigDecimal(BigInteger.valueOf(number), scale);
  }

  private static InputFile write(
      Schema schema, List<Record> rows, WriterVersion version, Map<String, String> properties)
      throws IOException {
    InMemoryOutputFile file = new InMemoryOutputFile();
    try (FileAppender<Record> appender =
        Parquet.write(file)
            .schema(schema)
            .createWriterFunc(GenericParquetWriter::create)
            .writerVersion(version)
            .setAll(properties)
            .build()) {
      appender.addAll(rows);
    }
    return file.toInputFile();
  }
}
