package io.sluice.formats.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.parquet.ParquetUpload;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** The same records in every format, written by other libraries than those that read them. */
final class SampleObjects {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECORDS_PER_SYNC_BYTES = 4000;

  private SampleObjects() {}

  static String jsonArray(List<String> lines) {
    return "[\n" + String.join(",\n", lines) + "\n]\n";
  }

  /** Rows whose columns are the leaves of the objects; arrays are JSON. */
  static String csv(List<String> lines, List<String> columns, String delimiter) {
    StringBuilder csv = new StringBuilder(String.join(delimiter, columns)).append("\r\n");
    for (String line : lines) {
      JsonNode record = tree(line);
      csv.append(
              columns.stream()
                  .map(column -> cell(record.at("/" + column.replace('.', '/'))))
                  .collect(Collectors.joining(delimiter)))
          .append("\r\n");
    }
    return csv.toString();
  }

  private static String cell(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    String text = value.isTextual() ? value.textValue() : value.toString();
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** All leaves of a record schema, by their dotted names. */
  static List<String> columns(Schema schema, String prefix) {
    List<String> columns = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (field.schema().getType() == Schema.Type.RECORD) {
        columns.addAll(columns(field.schema(), prefix + field.name() + "."));
      } else {
        columns.add(prefix + field.name());
      }
    }
    return columns;
  }

  static byte[] avro(List<GenericRecord> records, Schema schema, String codec) {
    return avro(records, schema, codec, RECORDS_PER_SYNC_BYTES);
  }

  /** The same in blocks of some {@code blockBytes}. */
  static byte[] avro(List<GenericRecord> records, Schema schema, String codec, int blockBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GenericData raw = new GenericData();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema, raw))) {
      writer.setCodec(CodecFactory.fromString(codec));
      writer.setSyncInterval(blockBytes);
      writer.create(schema, bytes, new byte[16]);
      for (GenericRecord record : records) {
        writer.append(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] parquet(List<GenericRecord> records, Schema schema) {
    InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    ObjectName name = new ObjectName("b", "k");
    RowShredder shredder = new RowShredder(new FlatRow(RowShape.of(schema)));
    try (ParquetUpload upload = ParquetUpload.start(store, name, schema, 1 << 20)) {
      records.forEach(record -> upload.append(shredder.shred(record)));
      upload.complete();
    }
    return store.read(name, 1 << 26).orElseThrow();
  }

  /** Inserts of the records, as Debezium's JSON converter writes them with its schema. */
  static String envelopes(List<String> lines) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      events.append(
          """
          {"schema":{"type":"struct"},"payload":{"before":null,"after":%s,"op":"c","ts_ms":9,\
          "source":{"connector":"postgresql","lsn":%d,"snapshot":"false","sequence":"[]"}}}
          """
              .formatted(lines.get(i), i));
    }
    return events.toString();
  }

  static List<String> lines(byte[] ndjson) {
    return new String(ndjson, UTF_8).lines().filter(line -> !line.isBlank()).toList();
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
