package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.EveryType;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.parquet.RawBatchWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type in every three levels of records, arrays and maps, each nullable or not. */
class NestedRoundTripTest {
  private static final int RECORDS = 4;
  private static final String WRAPPERS = "ramRAM";
  private static final ObjectName RAW = new ObjectName("lake", "raw/accepted.parquet");

  /** By their two outermost wrappers. */
  static Stream<String> outer() {
    return WRAPPERS
        .chars()
        .boxed()
        .flatMap(
            first -> WRAPPERS.chars().mapToObj(second -> "" + (char) (int) first + (char) second));
  }

  @ParameterizedTest
  @MethodSource("outer")
  void readsBackWhatCameInBitForBit(String outer) throws IOException {
    for (int i = 0; i < WRAPPERS.length(); i++) {
      char inner = WRAPPERS.charAt(i);
      // Given
      Schema schema = NestedTypes.contract(outer + inner);
      NestedTypes types = new NestedTypes(new Random(schema.hashCode()));
      List<GenericRecord> records = new ArrayList<>();
      for (int record = 0; record < RECORDS; record++) {
        records.add(types.record(schema, record == 0));
      }
      StringBuilder lines = new StringBuilder();
      records.forEach(record -> lines.append(NestedTypes.json(record, schema)).append('\n'));

      // When
      List<GenericRecord> fromJson = landed("ndjson", lines.toString().getBytes(UTF_8), schema);
      byte[] file = SampleObjects.avro(records, schema, "null");
      List<GenericRecord> fromAvro = landed("avro", file, schema);

      // Then
      assertThat(texts(fromJson, schema)).as(outer + inner).isEqualTo(texts(records, schema));
      assertThat(texts(fromAvro, schema)).as(outer + inner).isEqualTo(texts(records, schema));
    }
  }

  /** The rows of the raw batch, by the reader of parquet-avro. */
  private static List<GenericRecord> landed(String format, byte[] object, Schema schema)
      throws IOException {
    Pipeline pipeline = Outcome.pipeline(schema.toString(), "format: " + format, "id");
    InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    try (RecordReader records =
            Outcome.readers(pipeline).open("day", new ByteArrayInputStream(object));
        RawBatchWriter writer = new RawBatchWriter(store, RAW, new Contract(schema))) {
      while (records.next()) {
        switch (records.decode()) {
          case Decoded.Accepted good -> writer.append(good.row(), records.ordinal());
          case Decoded.Rejected bad -> throw new AssertionError(bad.errors().toString());
        }
      }
      writer.complete();
    }
    List<GenericRecord> rows = new ArrayList<>();
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(
                new BytesFile(store.read(RAW, Integer.MAX_VALUE).orElseThrow()),
                new PlainParquetConfiguration())
            .withDataModel(new GenericData())
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> texts(List<GenericRecord> records, Schema schema) {
    return records.stream()
        .flatMap(
            record ->
                schema.getFields().stream()
                    .map(field -> field.name() + " " + EveryType.text(record.get(field.name()))))
        .toList();
  }
}
