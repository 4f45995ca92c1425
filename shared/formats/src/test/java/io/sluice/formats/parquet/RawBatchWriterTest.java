package io.sluice.formats.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.core.port.Upload;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawBatchWriterTest {
  private static final ObjectName NAME = new ObjectName("lake", "raw/accepted.parquet");
  private static final Contract EVERY_TYPE =
      Contract.parse(
          """
          {"type":"record","name":"Every","namespace":"x","doc":"d","owner":"me","fields":[
          {"name":"i","type":"int"},{"name":"l","type":["null","long"],"default":null},
          {"name":"f","type":"float"},{"name":"d","type":"double"},{"name":"b","type":"boolean"},
          {"name":"s","type":"string"},{"name":"y","type":"bytes","default":"\\u0000\\u00ff"},
          {"name":"x","type":{"type":"fixed","name":"X","size":2}},
          {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
          {"name":"u","type":{"type":"string","logicalType":"uuid"}},
          {"name":"day","type":{"type":"int","logicalType":"date"}},
          {"name":"ms","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"us","type":{"type":"long","logicalType":"timestamp-micros"}},
          {"name":"n","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
          {"name":"m","type":{"type":"fixed","name":"M","size":16,
            "logicalType":"decimal","precision":38,"scale":2}},
          {"name":"tags","type":{"type":"map","values":["null","string"]}},
          {"name":"nested","type":["null",{"type":"record","name":"N","fields":[
            {"name":"list","type":{"type":"array","items":["null",
              {"type":"array","items":"int"}]}}]}],"default":null}
          ]}
          """,
          "contract.avsc");
  private static final String FULL =
      """
      {"i":-1,"l":9223372036854775807,"f":1.5,"d":-0.1,"b":true,"s":"é😀\\u0000","y":"AP8=",
      "x":"AAE=",
      "e":"B","u":"0123ABCD-0123-0123-0123-0123456789AB","day":"0001-01-01","ms":-1,
      "us":"9999-12-31T23:59:59.999999Z","n":-1234567.89,
      "m":"-123456789012345678901234567890123456.78",
      "tags":{"a":"x","b":null,"":""},"nested":{"list":[[1,2],null,[]]}}""";
  private static final String SPARSE =
      """
      {"i":0,"f":0,"d":0,"b":false,"s":"","x":"AAE=","e":"A",
      "u":"00000000-0000-0000-0000-000000000000","day":0,"ms":0,"us":0,"n":0,"m":0,"tags":{}}""";

  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);

  private static GenericRecord decode(String json) {
    byte[] bytes = json.replace("\n", "").getBytes(UTF_8);
    Decoded decoded = RecordDecoder.compile(EVERY_TYPE).decode(bytes, 0, bytes.length);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).record();
  }

  private static FlatRow flat(GenericRecord record) {
    return new RowShredder(new FlatRow(RowShape.of(EVERY_TYPE.schema()))).shred(record);
  }

  private BytesFile write(List<GenericRecord> records) {
    try (RawBatchWriter writer = new RawBatchWriter(store, NAME, EVERY_TYPE)) {
      for (int i = 0; i < records.size(); i++) {
        writer.append(records.get(i), 10L * i);
      }
      writer.complete();
    }
    return new BytesFile(store.read(NAME, 1 << 20).orElseThrow());
  }

  @Test
  void bringsEveryTypeBackToAPlainReader() throws IOException {
    // Given
    List<GenericRecord> written = List.of(decode(FULL), decode(SPARSE), decode(FULL));

    // When
    List<GenericRecord> read = new ArrayList<>();
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(write(written))
            .withDataModel(new GenericData())
            .build()) {
      for (GenericRecord next = reader.read(); next != null; next = reader.read()) {
        read.add(next);
      }
    }

    // Then
    assertThat(read).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(read.get(i).getSchema()).isEqualTo(RawBatchWriter.schema(EVERY_TYPE));
      assertThat(read.get(i).get("_ordinal")).isEqualTo(10L * i);
      for (Schema.Field field : EVERY_TYPE.schema().getFields()) {
        assertThat(text(read.get(i).get(field.name())))
            .as(field.name())
            .isEqualTo(text(written.get(i).get(field.name())));
      }
    }
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, each) -> sorted.put(key.toString(), String.valueOf(each)));
      return sorted.toString();
    }
    return value instanceof ByteBuffer bytes
        ? StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString()
        : String.valueOf(value);
  }

  @Test
  void writesTheTypesThatIcebergExpects() throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(write(List.of(decode(FULL))))) {
      assertThat(reader.getFileMetaData().getSchema().toString())
          .contains("required fixed_len_byte_array(16) u (UUID)")
          .contains("required int64 ms (TIMESTAMP(MILLIS,true))")
          .contains("required int64 us (TIMESTAMP(MICROS,true))")
          .contains("required int32 day (DATE)")
          .contains("required binary n (DECIMAL(9,2))")
          .contains("required fixed_len_byte_array(16) m (DECIMAL(38,2))")
          .contains("repeated group list {")
          .contains("optional group element (LIST)");
      assertThat(reader.getFileMetaData().getKeyValueMetaData().get("parquet.avro.schema"))
          .isEqualTo(RawBatchWriter.schema(EVERY_TYPE).toString());
    }
  }

  @Test
  void leavesNothingBehindUnlessItIsCompleted() {
    // When
    try (RawBatchWriter writer = new RawBatchWriter(store, NAME, EVERY_TYPE)) {
      writer.append(decode(FULL), 0);
    }

    // Then
    assertThat(store.find(NAME)).isEmpty();
  }

  @Test
  void saysThatAStoreThatCannotWriteIsTransient() {
    // Given
    Upload full =
        new Upload() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void complete() {
            throw new AssertionError("A broken file was completed");
          }

          @Override
          public long position() {
            return 0;
          }

          @Override
          public void close() {}
        };

    // When, Then
    assertThatThrownBy(
            () -> {
              try (ParquetUpload upload =
                  ParquetUpload.start(full, NAME, EVERY_TYPE.schema(), 1 << 20)) {
                upload.append(flat(decode(FULL)));
                upload.complete();
              }
            })
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Cannot write s3://lake/raw/accepted.parquet: No space left on device");
  }

  @Test
  void refusesToCountTheRowsOfWhatIsNoParquet() {
    byte[] whole = new byte[100];
    assertThatThrownBy(() -> ParquetFiles.rowCount(new BytesFile(whole)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ParquetFiles.rowCount(new BytesFile(new byte[0])))
        .isInstanceOf(IOException.class);
  }
}
