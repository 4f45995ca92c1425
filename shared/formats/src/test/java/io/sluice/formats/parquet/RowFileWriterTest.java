package io.sluice.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class RowFileWriterTest {
  /** Where the first page of most columns ends. */
  private static final int FIRST_PAGE = 20_000;

  /** What turns long behind the first page has then outgrown its dictionary. */
  private static final int RECORDS = FIRST_PAGE + 5_000;

  private static final ObjectName OURS = new ObjectName("lake", "ours.parquet");
  private static final ObjectName THEIRS = new ObjectName("lake", "theirs.parquet");
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"R","fields":[
              {"name":"constant","type":"string"},
              {"name":"few","type":"string"},
              {"name":"turning","type":"string"},
              {"name":"many","type":"string"},
              {"name":"sparse","type":["null","string"]},
              {"name":"late","type":["null","long"]},
              {"name":"never","type":["null","double"]},
              {"name":"flag","type":["null","boolean"]},
              {"name":"number","type":"int"},
              {"name":"real","type":"double"},
              {"name":"strange","type":"double"},
              {"name":"small","type":"float"},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal",
                "precision":9,"scale":2}},
              {"name":"code","type":{"type":"fixed","name":"F","size":3}},
              {"name":"lists","type":{"type":"array","items":["null",
                {"type":"array","items":"int"}]}}
              ]}
              """);
  private static final double[] STRANGE = {0.0, -0.0, 1.5, -2.5, 1e300};

  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);

  private static List<GenericRecord> records(long seed) {
    Random random = new Random(seed);
    List<GenericRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      GenericRecord record = new GenericData.Record(SCHEMA);
      boolean early = i < FIRST_PAGE;
      record.put("constant", "x");
      record.put("few", "é".repeat(random.nextInt(12)));
      record.put(
          "turning", early ? "t" + random.nextInt(9) : "turned-".repeat(36) + random.nextLong());
      record.put("many", Long.toString(random.nextLong(), 36));
      record.put("sparse", random.nextInt(9) == 0 ? "s" + random.nextInt(40) : null);
      record.put("late", early ? null : (Object) (long) random.nextInt(300));
      record.put("never", null);
      record.put("flag", random.nextInt(5) == 0 ? null : (Object) random.nextBoolean());
      record.put("number", random.nextInt(70_000) - 35_000);
      record.put("real", random.nextGaussian());
      record.put("strange", STRANGE[random.nextInt(STRANGE.length)]);
      record.put("small", random.nextInt(4) / 4f - 0.5f);
      record.put("amount", ByteBuffer.wrap(new byte[] {(byte) random.nextInt(), (byte) i}));
      byte[] code = new byte[3];
      random.nextBytes(code);
      record.put("code", new GenericData.Fixed(SCHEMA.getField("code").schema(), code));
      record.put("lists", lists(random));
      records.add(record);
    }
    return records;
  }

  private static List<Object> lists(Random random) {
    List<Object> lists = new ArrayList<>();
    int count = Math.max(0, random.nextInt(6) - 2);
    for (int i = 0; i < count; i++) {
      lists.add(random.nextInt(4) == 0 ? null : random.ints(random.nextInt(3)).boxed().toList());
    }
    return lists;
  }

  private BytesFile ours(List<GenericRecord> records, long rowGroupBytes) {
    RowShredder shredder = new RowShredder(new FlatRow(RowShape.of(SCHEMA)));
    try (ParquetUpload upload = ParquetUpload.start(store, OURS, SCHEMA, rowGroupBytes)) {
      for (GenericRecord record : records) {
        upload.append(shredder.shred(record));
      }
      upload.complete();
    }
    return new BytesFile(store.read(OURS, 1 << 30).orElseThrow());
  }

  private BytesFile theirs(List<GenericRecord> records) throws IOException {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean("parquet.avro.write-old-list-structure", false);
    try (var upload = store.upload(THEIRS)) {
      try (ParquetWriter<GenericRecord> writer =
          AvroParquetWriter.<GenericRecord>builder(new UploadFile(upload))
              .withSchema(SCHEMA)
              .withDataModel(GenericData.get())
              .withConf(configuration)
              .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
              .build()) {
        for (GenericRecord record : records) {
          writer.write(record);
        }
      }
      upload.complete();
    }
    return new BytesFile(store.read(THEIRS, 1 << 30).orElseThrow());
  }

  private static List<BlockMetaData> groups(BytesFile file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      return reader.getFooter().getBlocks();
    }
  }

  @Test
  void writesTheStatisticsThatTheLibraryWrites() throws IOException {
    // Given
    List<GenericRecord> records = records(1517363399650L);

    // When
    List<BlockMetaData> ours = groups(ours(records, 1L << 30));
    List<BlockMetaData> theirs = groups(theirs(records));

    // Then
    assertThat(ours).hasSize(1);
    assertThat(theirs).hasSize(1);
    for (int i = 0; i < theirs.getFirst().getColumns().size(); i++) {
      ColumnChunkMetaData mine = ours.getFirst().getColumns().get(i);
      ColumnChunkMetaData other = theirs.getFirst().getColumns().get(i);
      assertThat(mine.getStatistics()).as("%s", mine.getPath()).isEqualTo(other.getStatistics());
      assertThat(mine.getValueCount()).as("%s", mine.getPath()).isEqualTo(other.getValueCount());
      assertThat(mine.getTotalUncompressedSize())
          .as("%s", mine.getPath())
          .isLessThan(other.getTotalUncompressedSize() * 11 / 10 + 200);
    }
  }

  @Test
  void bringsPagesOfEveryShapeBack() throws IOException {
    // Given
    List<GenericRecord> records = records(7);

    // When
    BytesFile file = ours(records, 1L << 20);

    // Then
    assertThat(groups(file)).hasSizeGreaterThan(2);
    List<GenericRecord> read = new ArrayList<>();
    ParquetFiles.forEach(file, read::add);
    assertThat(read).hasSize(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      String expected = records.get(i).toString();
      if (!expected.equals(read.get(i).toString())) {
        assertThat(read.get(i)).as("record %d", i).hasToString(expected);
      }
    }
  }
}
