package io.sluice.land.large;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.sluice.contracts.contract.Contract;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Events of some 200 bytes in every format that streams, as many as are wanted. */
final class LargeInputs {
  static final String CONTRACT =
      """
      {"type":"record","name":"Event","fields":[
       {"name":"id","type":{"type":"string","logicalType":"uuid"}},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
       {"name":"user","type":"long"},{"name":"amount","type":"double"},
       {"name":"region","type":"string"},{"name":"note","type":["null","string"],"default":null},
       {"name":"tags","type":{"type":"array","items":"string"}}]}
      """;

  /** Some MiB: enough for different values, and little beside the smallest heap. */
  private static final int EVENTS = 20_000;

  private static final byte[] NONE = {};
  private final Random random = new Random(7);

  /** An object of at least {@code bytes}, uncompressed. */
  Repeated of(String kind, long bytes) throws IOException {
    String[] parts = kind.split("\\.", -1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      lines.add(parts[0].equals("csv") ? row() : event());
    }
    Repeated plain =
        switch (parts[0]) {
          case "ndjson" -> Repeated.of(joined(lines, "\n"), bytes, EVENTS);
          case "json" ->
              Repeated.of(joined(lines, ",\n"), bytes, EVENTS)
                  .between("[".getBytes(UTF_8), "{\"id\":0}]".getBytes(UTF_8));
          case "csv" ->
              Repeated.of(joined(lines, "\r\n"), bytes, EVENTS)
                  .between("id,at,user,amount,region,note,tags\r\n".getBytes(UTF_8), NONE);
          case "avro" -> avro(lines, bytes);
          default -> throw new IllegalArgumentException("Invalid kind: " + kind);
        };
    return parts.length == 1
        ? plain
        : new Repeated(NONE, compressed(plain.body, parts[1]), plain.times, NONE, plain.records);
  }

  private String event() {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"at\":%d,\"user\":%d,\"amount\":%s,\"region\":\"eu-%d\",\"note\":%s,"
            + "\"tags\":[\"first\",\"größe-%d\"]}",
        new UUID(random.nextLong(), random.nextLong()),
        1_767_225_600_000L + random.nextInt(1 << 30),
        random.nextInt(1 << 30),
        random.nextInt(1 << 20) / 100.0,
        random.nextInt(9),
        random.nextBoolean() ? "null" : "\"" + "word ".repeat(random.nextInt(20)) + "\"",
        random.nextInt(100));
  }

  private String row() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%s,eu-%d,\"%s\",\"[\"\"first\"\",\"\"größe-%d\"\"]\"",
        new UUID(random.nextLong(), random.nextLong()),
        1_767_225_600_000L + random.nextInt(1 << 30),
        random.nextInt(1 << 30),
        random.nextInt(1 << 20) / 100.0,
        random.nextInt(9),
        "word ".repeat(random.nextInt(20)),
        random.nextInt(100));
  }

  private static byte[] joined(List<String> lines, String separator) {
    return (String.join(separator, lines) + separator).getBytes(UTF_8);
  }

  /** The blocks of a file behind its header, which an empty file has too. */
  private static Repeated avro(List<String> lines, long bytes) throws IOException {
    RecordDecoder decoder = RecordDecoder.compile(Contract.parse(CONTRACT, "large"));
    List<GenericRecord> records = new ArrayList<>();
    for (String line : lines) {
      byte[] json = line.getBytes(UTF_8);
      if (decoder.decode(json, 0, json.length) instanceof Decoded.Accepted good) {
        records.add(good.record());
      }
    }
    byte[] header = avro(List.of());
    byte[] file = avro(records);
    byte[] blocks = Arrays.copyOfRange(file, header.length, file.length);
    return Repeated.of(blocks, bytes, records.size()).between(header, NONE);
  }

  private static byte[] avro(List<GenericRecord> records) throws IOException {
    Schema schema = new Schema.Parser().parse(CONTRACT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema, new GenericData()))) {
      writer.setCodec(CodecFactory.fromString("deflate"));
      writer.create(schema, bytes, new byte[16]);
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] compressed(byte[] content, String codec) throws IOException {
    if (codec.equals("zst")) {
      return Zstd.compress(content);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (codec) {
          case "gz" -> new GZIPOutputStream(bytes);
          case "bz2" -> new BZip2CompressorOutputStream(bytes);
          default -> new SnappyFramedOutputStream(bytes);
        }) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
