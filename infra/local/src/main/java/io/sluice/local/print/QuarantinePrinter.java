package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.PipelineName;
import io.sluice.formats.quarantine.BytesKept;
import io.sluice.formats.quarantine.QuarantinedRecord;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.local.quarantine.Column;
import io.sluice.local.quarantine.Groups;
import io.sluice.local.quarantine.Groups.Group;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rejected records, for people and for programs. */
public final class QuarantinePrinter {
  private final PipelineName pipeline;
  private final PrintStream out;

  /** Prints what {@code pipeline} rejected to {@code out}. */
  public QuarantinePrinter(PipelineName pipeline, PrintStream out) {
    this.pipeline = pipeline;
    this.out = out;
  }

  /**
   * Prints a line for each group, and how many records there are.
   *
   * @param withheld how many batches gates keep from readers: their records are not among these
   */
  public void print(Groups groups, int withheld) {
    List<String> header = new ArrayList<>(groups.columns().stream().map(Column::word).toList());
    int count = header.size();
    header.addAll(List.of("records", "expected", "found", "example"));
    TextTable table = new TextTable(header, List.of(count));
    for (Group group : groups.all()) {
      List<String> row = new ArrayList<>(group.values());
      row.add(String.valueOf(group.records()));
      row.add(group.error().expected());
      row.add(printable(group.error().found()));
      row.add(group.example());
      table.add(row);
    }
    table.lines().forEach(out::println);
    out.println(groups.records() + " records; one with several errors counts in several lines");
    if (withheld > 0) {
      out.printf(
          "Batches that a gate withholds: %d, see ./sluice gate status %s%n", withheld, pipeline);
    }
  }

  /** Prints one document. */
  public void printJson(Groups groups, int withheld) {
    ObjectNode document = document();
    document.put("records", groups.records());
    document.put("withheld_batches", withheld);
    document.putArray("groups");
    for (Group group : groups.all()) {
      ObjectNode node = document.withArray("groups").addObject();
      for (int i = 0; i < group.values().size(); i++) {
        node.put(groups.columns().get(i).word(), group.values().get(i));
      }
      node.put("records", group.records());
      node.put("example", group.example());
      putError(node.putObject("error"), group.error());
    }
    JsonDocument.print(document, out);
  }

  /** Prints everything that is known of each record. */
  public void print(List<QuarantineEntry> entries) {
    for (QuarantineEntry entry : entries) {
      QuarantinedRecord record = entry.quarantined();
      out.println(entry.id());
      line("source", record.origin().source() + ", record " + record.record().ordinal());
      if (record.kept() != BytesKept.RENDERED) {
        line("at", "line " + record.record().line() + ", byte " + record.record().byteOffset());
      }
      line("status", status(entry));
      line("seen", record.origin().firstSeen() + " to " + entry.lastSeen());
      line("attempts", String.valueOf(entry.attempts()));
      line("contract", record.origin().contract() + ", code " + record.origin().code());
      line("class", record.record().errorClass().word());
      for (RecordError error : record.record().errors()) {
        line(
            "error",
            "%s %s: expected %s, found %s"
                .formatted(error.code(), error.path(), error.expected(), printable(error.found())));
      }
      line("bytes", "(" + record.kept().word() + ") " + printable(text(record)));
      out.println();
    }
  }

  /** Prints one document. */
  public void printJson(List<QuarantineEntry> entries) {
    ObjectNode document = document();
    document.putArray("records");
    for (QuarantineEntry entry : entries) {
      QuarantinedRecord record = entry.quarantined();
      ObjectNode node = document.withArray("records").addObject();
      node.put("id", entry.id());
      node.put("batch", record.origin().batch().value());
      node.put("source", record.origin().source().toString());
      node.put("ordinal", record.record().ordinal());
      node.put("line", record.record().line());
      node.put("byte_offset", record.record().byteOffset());
      node.put("status", entry.status().word());
      node.put("status_at", entry.standing().at().toString());
      node.put("status_reason", entry.standing().reason());
      node.put("replay", entry.standing().replay());
      node.put("first_seen", record.origin().firstSeen().toString());
      node.put("last_seen", entry.lastSeen().toString());
      node.put("attempts", entry.attempts());
      node.put("contract", record.origin().contract());
      node.put("code", record.origin().code());
      node.put("class", record.record().errorClass().word());
      node.put("bytes_kept", record.kept().word());
      node.put("text", text(record));
      node.put("bytes", bytes(record));
      record
          .record()
          .errors()
          .forEach(error -> putError(node.withArray("errors").addObject(), error));
    }
    JsonDocument.print(document, out);
  }

  /** Prints one document with how many records were changed into what. */
  public void printJson(Map<String, Long> counts) {
    ObjectNode document = document();
    counts.forEach(document::put);
    JsonDocument.print(document, out);
  }

  private ObjectNode document() {
    return JsonDocument.object().put("pipeline", pipeline.value());
  }

  private static void putError(ObjectNode node, RecordError error) {
    node.put("code", error.code());
    node.put("path", error.path());
    node.put("expected", error.expected());
    node.put("found", error.found());
  }

  private void line(String name, String value) {
    out.printf("  %-9s %s%n", name, value);
  }

  private static String status(QuarantineEntry entry) {
    String status = entry.status().word() + " since " + entry.standing().at();
    String replay = entry.standing().replay();
    String reason = entry.standing().reason();
    return status
        + (replay.isEmpty() ? "" : ", last replay " + replay)
        + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String text(QuarantinedRecord record) {
    return StandardCharsets.UTF_8.decode(record.record().bytes().duplicate()).toString();
  }

  private static byte[] bytes(QuarantinedRecord record) {
    byte[] bytes = new byte[record.record().bytes().remaining()];
    record.record().bytes().duplicate().get(bytes);
    return bytes;
  }

  /** Without what would move a terminal's cursor or change its colours. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                printable.append(String.format("\\u%04x", point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }
}
