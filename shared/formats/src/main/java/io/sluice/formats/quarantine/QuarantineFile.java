package io.sluice.formats.quarantine;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.formats.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.io.InputFile;

/** The layout of a quarantine file, in both directions. */
public final class QuarantineFile {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Quarantined", "namespace": "io.sluice.quarantine",
               "fields": [
                {"name": "id", "type": "string"},
                {"name": "batch", "type": "string"},
                {"name": "ordinal", "type": "long"},
                {"name": "source_bucket", "type": "string"},
                {"name": "source_key", "type": "string"},
                {"name": "source_version", "type": "string"},
                {"name": "line", "type": "long"},
                {"name": "byte_offset", "type": "long"},
                {"name": "bytes", "type": "bytes"},
                {"name": "error_class", "type": "string"},
                {"name": "errors", "type": {"type": "array", "items":
                  {"type": "record", "name": "Error", "fields": [
                    {"name": "code", "type": "string"},
                    {"name": "path", "type": "string"},
                    {"name": "expected", "type": "string"},
                    {"name": "found", "type": "string"}]}}},
                {"name": "contract", "type": "string"},
                {"name": "code", "type": "string"},
                {"name": "first_seen",
                 "type": {"type": "long", "logicalType": "timestamp-micros"}}]}
              """);
  private static final Schema ERRORS = SCHEMA.getField("errors").schema();

  private QuarantineFile() {}

  /** The Avro schema of the file's records. */
  public static Schema schema() {
    return SCHEMA;
  }

  /** Calls {@code each} with every record of the file, in order. */
  public static void read(InputFile file, Consumer<QuarantinedRecord> each) throws IOException {
    ParquetFiles.forEach(file, row -> each.accept(quarantined(row)));
  }

  static GenericRecord row(Origin origin, RejectedRecord record) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("id", origin.id(record.ordinal()));
    row.put("batch", origin.batch().value());
    row.put("ordinal", record.ordinal());
    row.put("source_bucket", origin.source().name().bucket());
    row.put("source_key", origin.source().name().key());
    row.put("source_version", origin.source().version());
    row.put("line", record.line());
    row.put("byte_offset", record.byteOffset());
    row.put("bytes", record.bytes().duplicate());
    row.put("error_class", record.errorClass().word());
    row.put("errors", record.errors().stream().map(QuarantineFile::error).toList());
    row.put("contract", origin.contract());
    row.put("code", origin.code());
    row.put("first_seen", ChronoUnit.MICROS.between(Instant.EPOCH, origin.firstSeen()));
    return row;
  }

  private static GenericRecord error(RecordError error) {
    GenericRecord row = new GenericData.Record(ERRORS.getElementType());
    row.put("code", error.code());
    row.put("path", error.path());
    row.put("expected", error.expected());
    row.put("found", error.found());
    return row;
  }

  private static QuarantinedRecord quarantined(GenericRecord row) {
    Origin origin =
        new Origin(
            new BatchId(text(row, "batch")),
            new SourceObject(
                new ObjectName(text(row, "source_bucket"), text(row, "source_key")),
                text(row, "source_version")),
            text(row, "contract"),
            text(row, "code"),
            Instant.EPOCH.plus((long) row.get("first_seen"), ChronoUnit.MICROS));
    return new QuarantinedRecord(
        origin,
        new RejectedRecord(
            (long) row.get("ordinal"),
            (long) row.get("line"),
            (long) row.get("byte_offset"),
            (ByteBuffer) row.get("bytes"),
            errorClass(text(row, "error_class")),
            errors((GenericArray<?>) row.get("errors"))));
  }

  private static ErrorClass errorClass(String word) {
    return Arrays.stream(ErrorClass.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid error class: " + word));
  }

  private static List<RecordError> errors(GenericArray<?> rows) {
    return rows.stream()
        .map(GenericRecord.class::cast)
        .map(
            row ->
                new RecordError(
                    text(row, "code"),
                    text(row, "path"),
                    text(row, "expected"),
                    text(row, "found")))
        .toList();
  }

  private static String text(GenericRecord row, String name) {
    return row.get(name).toString();
  }
}
