package io.sluice.iceberg.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.merge.RawRows;
import io.sluice.iceberg.schema.TableShape;
import io.sluice.iceberg.table.IcebergTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/** A contract with every type that a contract may have, from a line of JSON and back to one. */
class EveryTypeTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final String PIPELINE =
      """
      pipeline: { name: every-type, version: "1", owner: test }
      ingestion: { source: s3, format: ndjson, contract: contract.avsc }
      transformation: { idempotency_key: [id], event_time: millis, partitions: [partition_date] }
      storage: { format: iceberg }
      """;

  private static final String CONTRACT =
      """
      {"type": "record", "name": "Everything", "fields": [
        {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "micros", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
        {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}]},
        {"name": "truth", "type": ["null", "boolean"]},
        {"name": "small", "type": ["null", "int"]},
        {"name": "large", "type": ["null", "long"]},
        {"name": "single", "type": ["null", "float"]},
        {"name": "twice", "type": ["null", "double"]},
        {"name": "text", "type": ["null", "string"]},
        {"name": "bytes", "type": ["null", "bytes"]},
        {"name": "four", "type": ["null", {"type": "fixed", "name": "Four", "size": 4}]},
        {"name": "colour",
         "type": ["null", {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}]},
        {"name": "price", "type": ["null",
          {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}]},
        {"name": "exact", "type": ["null", {"type": "fixed", "name": "Exact", "size": 16,
          "logicalType": "decimal", "precision": 38, "scale": 9}]},
        {"name": "nested", "type": ["null", {"type": "record", "name": "Outer", "fields": [
          {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [
            {"name": "ref", "type": ["null", {"type": "string", "logicalType": "uuid"}]},
            {"name": "n", "type": "int"}]}}]}]},
        {"name": "list", "type": ["null", {"type": "array", "items": ["null", "double"]}]},
        {"name": "records", "type": ["null", {"type": "array", "items":
          {"type": "record", "name": "Item", "fields": [
            {"name": "name", "type": "string"},
            {"name": "on", "type": ["null", {"type": "int", "logicalType": "date"}]}]}}]},
        {"name": "map", "type": ["null", {"type": "map", "values": ["null", "long"]}]},
        {"name": "deep", "type": ["null", {"type": "map", "values":
          {"type": "array", "items": {"type": "map", "values": "string"}}}]}]}
      """;

  private static final String FULL =
      """
      {"id":"00112233-4455-6677-8899-aabbccddeeff","millis":-62135596800000,
       "micros":1517529600123456,"day":"1969-12-31","truth":true,"small":-2147483648,
       "large":9223372036854775807,
       "single":0.1,"twice":-1.7976931348623157E308,"text":"ü \\"日\\" 🌊 \\u0000","bytes":"AP8Q",
       "four":"AQIDBA==","colour":"BLUE","price":-1234567890.12,
       "exact":12345678901234567890123456789.123456789,
       "nested":{"inner":{"ref":"ffffffff-ffff-ffff-ffff-ffffffffffff","n":1}},
       "list":[1.5,null,-0.0],"records":[{"name":"a","on":"2026-01-01"},{"name":"b","on":null}],
       "map":{"x":1,"y":null},"deep":{"k":[{"a":"b"},{}]}}
      """;

  private static final String NULLS =
      """
      {"id":"00000000-0000-0000-0000-000000000001","millis":1517529600000,"micros":null,"day":null,
       "truth":null,"small":null,"large":null,"single":null,"twice":null,"text":null,"bytes":null,
       "four":null,"colour":null,"price":null,"exact":null,"nested":null,"list":null,
       "records":null,"map":null,"deep":null}
      """;

  private static final String EMPTY =
      """
      {"id":"00000000-0000-0000-0000-000000000002","millis":253402300799999,"micros":0,
       "day":"9999-12-31","truth":false,"small":0,"large":0,"single":0.0,"twice":0.0,"text":"",
       "bytes":"","four":"AAAAAA==","colour":"RED","price":0.00,"exact":0.000000000,
       "nested":{"inner":{"ref":null,"n":0}},"list":[],"records":[],"map":{},"deep":{"":[]}}
      """;

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = lake.declare("every-type", PIPELINE, CONTRACT);
  private final IcebergTable table = lake.table(pipeline);

  @Test
  void readersGetWhatWasLanded() throws IOException {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", line(FULL), line(NULLS), line(EMPTY));
    assertThat(batch.manifest().counts().rejected()).isZero();

    // When
    table.commit(table.stage(table.head(), List.of(batch)));

    // Then
    List<JsonNode> rows = new ArrayList<>();
    for (String row : lake.rows(pipeline, "audit")) {
      rows.add(JSON.readTree(row));
    }
    assertThat(rows)
        .containsExactlyInAnyOrder(JSON.readTree(FULL), JSON.readTree(NULLS), JSON.readTree(EMPTY));
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void aRecordThatComesAgainIsADuplicate() {
    // Given
    LandedBatch first = lake.land(pipeline, "1", line(FULL), line(NULLS), line(EMPTY));
    table.commit(table.stage(table.head(), List.of(first)));

    // When
    LandedBatch again = lake.land(pipeline, "2", line(EMPTY), line(FULL), line(NULLS));
    StagedMerge merge = table.stage(table.head(), List.of(again));

    // Then
    assertThat(merge.accounts().values())
        .allSatisfy(account -> assertThat(account.merged().duplicate()).isEqualTo(3));
  }

  @Test
  void aNegativeZeroStaysOne() {
    // Given
    String zeros =
        line(NULLS).replace("\"single\":null,\"twice\":null", "\"single\":-0,\"twice\":-0");

    // When
    LandedBatch batch = lake.land(pipeline, "1", zeros.replace("\"list\":null", "\"list\":[-0,0]"));
    table.commit(table.stage(table.head(), List.of(batch)));

    // Then
    assertThat(lake.rows(pipeline, "audit").getFirst())
        .contains("\"single\":-0.0,\"twice\":-0.0", "\"list\":[-0.0,0.0]");
  }

  @Test
  void rawFilesAreReadAsTheyWereWritten() throws IOException {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", line(FULL));
    RawRows rows = new RawRows(lake.foreign(pipeline).io(), TableShape.of(pipeline).schema());

    // Then
    try (CloseableIterable<Record> records =
        rows.read(batch.manifest().raw().getFirst(), TableShape.of(pipeline).schema())) {
      Record row = records.iterator().next();
      assertThat(row.getField("id"))
          .isEqualTo(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
      assertThat(row.getField("millis")).isEqualTo(OffsetDateTime.parse("0001-01-01T00:00:00Z"));
      assertThat(row.getField("micros"))
          .isEqualTo(OffsetDateTime.parse("2018-02-02T00:00:00.123456Z"));
      assertThat(row.getField("day")).isEqualTo(LocalDate.parse("1969-12-31"));
      assertThat(row.getField("single")).isEqualTo(0.1f);
      assertThat(row.getField("bytes"))
          .isEqualTo(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 0x10}));
      assertThat(row.getField("four")).isEqualTo(new byte[] {1, 2, 3, 4});
      assertThat(row.getField("price")).isEqualTo(new BigDecimal("-1234567890.12"));
      assertThat(row.getField("map")).asString().contains("x=1", "y=null");
      assertThat(row.getField(RawBatchWriter.ORDINAL)).isEqualTo(0L);
    }
  }

  private static String line(String json) {
    return json.replace("\n", "");
  }
}
