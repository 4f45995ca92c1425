package io.sluice.local.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.id.TableName;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.iceberg.quarantine.QuarantineReader;
import io.sluice.iceberg.read.TableReader;
import io.sluice.local.proof.RowText.Time;
import io.sluice.local.proof.SparkProcess.Wanted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** Has the product and Spark read the same tables, and notes where they differ. */
final class TwoReaders {
  private final WiredCloud cloud;
  private final Path folder;
  private final List<Reading> readings = new ArrayList<>();
  private final List<String> disagreements = new ArrayList<>();
  private final Set<String> tables = new HashSet<>();
  private String engine = "";
  private long rows;

  /** Readers of the tables of {@code cloud}; what Spark reads goes into {@code folder}. */
  TwoReaders(WiredCloud cloud, Path folder) {
    this.cloud = cloud;
    this.folder = folder;
  }

  /** What the product has read, and where Spark is to write what it reads. */
  private record Reading(Wanted wanted, List<String> ours, TheirForm form) {}

  /** What Spark's rows are, in the words of the product. */
  private interface TheirForm {
    List<String> of(List<JsonNode> rows);
  }

  /** Reads main, audit and every snapshot of these pipelines' tables, and the rejected records. */
  void compare(List<String> pipelines) throws IOException, InterruptedException {
    for (String name : pipelines) {
      Pipeline pipeline = cloud.view().pipeline(name);
      readTable(pipeline);
      readQuarantine(pipeline);
    }
    engine =
        SparkProcess.read(
            cloud.cloud().catalogUri(),
            cloud.file(""),
            readings.stream().map(Reading::wanted).toList(),
            folder);
    for (Reading reading : readings) {
      List<JsonNode> theirs =
          Files.readAllLines(reading.wanted().file()).stream().map(RowText::parse).toList();
      check(reading.wanted(), reading.ours(), reading.form().of(theirs).stream().sorted().toList());
    }
  }

  List<String> disagreements() {
    return disagreements;
  }

  long rows() {
    return rows;
  }

  String summary() {
    return "%s: %d tables, %d readings, %d rows, %d disagreements"
        .formatted(engine, tables.size(), readings.size(), rows, disagreements.size());
  }

  private void readTable(Pipeline pipeline) throws IOException {
    TableReader reader = cloud.reader(pipeline.name().value());
    Table table = cloud.table(pipeline.table());
    for (String branch : List.of("main", "audit")) {
      read(pipeline, reader, table, "branch", branch);
    }
    for (Snapshot snapshot : table.snapshots()) {
      read(pipeline, reader, table, "versionAsOf", Long.toString(snapshot.snapshotId()));
    }
  }

  private void read(
      Pipeline pipeline, TableReader reader, Table table, String option, String reference)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader.write(reader.resolve(reference).orElseThrow(), TableReader.RowFormat.NDJSON, out);
    Schema contract = pipeline.contract().schema();
    List<String> ours =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> RowText.of(RowText.parse(line), contract, Time.CONTRACT_UNIT))
            .sorted()
            .toList();
    Types.StructType now = table.schema().asStruct();
    Types.StructType then =
        option.equals("branch") ? now : schema(table, Long.parseLong(reference)).asStruct();
    add(
        pipeline.table(),
        option,
        reference,
        ours,
        rows -> {
          requireOneOrigin(rows);
          return rows.stream()
              .filter(row -> !row.hasNonNull("_deleted_position"))
              .map(row -> RowText.renamed(row, then, now))
              .map(row -> RowText.of(row, contract, Time.MICROS))
              .toList();
        });
  }

  private static org.apache.iceberg.Schema schema(Table table, long snapshot) {
    return Objects.requireNonNull(table.schemas().get(table.snapshot(snapshot).schemaId()));
  }

  /** No two rows come from one record. */
  private void requireOneOrigin(List<JsonNode> rows) {
    Set<String> origins = new HashSet<>();
    for (JsonNode row : rows) {
      if (!origins.add(row.get("_batch").asText() + "-" + row.get("_ordinal").asText())) {
        disagreements.add("Two rows of one record: " + row);
      }
    }
  }

  private void readQuarantine(Pipeline pipeline) {
    List<QuarantineReader> readers = cloud.view().quarantine(pipeline).stream().toList();
    for (QuarantineReader reader : readers) {
      Set<String> ids = new HashSet<>();
      reader.forEach(entry -> ids.add(entry.id()));
      List<String> ours = new ArrayList<>();
      reader.forEach(ids, entry -> ours.add(text(entry)));
      add(
          TableName.quarantine(pipeline.name()),
          "branch",
          "main",
          ours.stream().sorted().toList(),
          rows -> rows.stream().map(TwoReaders::text).toList());
    }
  }

  private static String text(QuarantineEntry entry) {
    var record = entry.quarantined().record();
    byte[] bytes = new byte[record.bytes().remaining()];
    record.bytes().duplicate().get(bytes);
    return "%s %d %d %s %s %s"
        .formatted(
            entry.id(),
            record.ordinal(),
            record.byteOffset(),
            record.errors().stream().map(error -> error.code() + "@" + error.path()).toList(),
            entry.status().name(),
            Base64.getEncoder().encodeToString(bytes));
  }

  private static String text(JsonNode row) {
    List<String> errors = new ArrayList<>();
    row.get("errors")
        .forEach(each -> errors.add(each.get("code").asText() + "@" + each.get("path").asText()));
    return "%s %d %d %s %s %s"
        .formatted(
            row.get("id").asText(),
            row.get("ordinal").asLong(),
            row.get("byte_offset").asLong(),
            errors,
            row.get("status").asText().toUpperCase(Locale.ROOT),
            row.get("bytes").asText());
  }

  private void add(
      TableName table, String option, String reference, List<String> ours, TheirForm form) {
    tables.add(table.toString());
    Path file = folder.resolve(readings.size() + ".ndjson");
    readings.add(new Reading(new Wanted(table.toString(), option, reference, file), ours, form));
  }

  private void check(Wanted wanted, List<String> ours, List<String> theirs) {
    rows += ours.size();
    if (!ours.equals(theirs)) {
      List<String> missing = new ArrayList<>(ours);
      theirs.forEach(missing::remove);
      List<String> added = new ArrayList<>(theirs);
      ours.forEach(added::remove);
      disagreements.add(
          "%s at %s: only ours %s, only Spark's %s"
              .formatted(wanted.table(), wanted.value(), missing, added));
    }
  }
}
