package io.sluice.formats.quarantine;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.formats.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.io.InputFile;

/**
 * The layout of a quarantine file, in both directions. The table of rejected records has the same
 * columns: in the file stands how a record came in, in the table what became of it.
 */
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
                {"name": "kafka_topic", "type": ["null", "string"], "default": null},
                {"name": "kafka_partition", "type": ["null", "int"], "default": null},
                {"name": "kafka_offset", "type": ["null", "long"], "default": null},
                {"name": "bytes", "type": "bytes"},
                {"name": "bytes_kept", "type": "string"},
                {"name": "error_class", "type": "string"},
                {"name": "errors", "type": {"type": "array", "items":
                  {"type": "record", "name": "Error", "fields": [
                    {"name": "code", "type": "string"},
                    {"name": "path", "type": "string"},
                    {"name": "rule", "type": "string"},
                    {"name": "expected", "type": "string"},
                    {"name": "found", "type": "string"}]}}},
                {"name": "contract", "type": "string"},
                {"name": "code", "type": "string"},
                {"name": "first_seen",
                 "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "last_seen",
                 "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "attempts", "type": "int"},
                {"name": "status", "type": "string"},
                {"name": "status_at",
                 "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "status_reason", "type": ["null", "string"], "default": null},
                {"name": "replay", "type": ["null", "string"], "default": null}]}
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

  static GenericRecord row(QuarantinedRecord quarantined) {
    Origin origin = quarantined.origin();
    RejectedRecord record = quarantined.record();
    long firstSeen = ChronoUnit.MICROS.between(Instant.EPOCH, origin.firstSeen());
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
    row.put("bytes_kept", quarantined.kept().word());
    row.put("error_class", record.errorClass().word());
    row.put("errors", record.errors().stream().map(QuarantineFile::error).toList());
    row.put("contract", origin.contract());
    row.put("code", origin.code());
    row.put("first_seen", firstSeen);
    row.put("last_seen", firstSeen);
    row.put("attempts", 1);
    row.put("status", QuarantineStatus.OPEN.word());
    row.put("status_at", firstSeen);
    return row;
  }

  private static GenericRecord error(RecordError error) {
    GenericRecord row = new GenericData.Record(ERRORS.getElementType());
    row.put("code", error.code());
    row.put("path", error.path());
    row.put("rule", error.rule());
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
            ErrorClass.of(text(row, "error_class")),
            errors((GenericArray<?>) row.get("errors"))),
        BytesKept.of(text(row, "bytes_kept")));
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
                    text(row, "found"),
                    text(row, "rule")))
        .toList();
  }

  private static String text(GenericRecord row, String name) {
    return row.get(name).toString();
  }
}
