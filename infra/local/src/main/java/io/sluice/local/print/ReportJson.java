package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.batch.BatchAccount;
import io.sluice.iceberg.read.TableHistory.Head;
import io.sluice.local.run.BatchLine;
import io.sluice.local.run.RunReport;
import java.io.PrintStream;
import java.util.List;

/** The end of a run, for programs. */
public final class ReportJson {
  private ReportJson() {}

  /** Prints one document. */
  public static void print(RunReport report, PrintStream out) {
    ObjectNode document = JsonDocument.object();
    document.put("pipeline", report.pipeline().value());
    document.put("lake", report.lake().toString());
    document.put("seconds", report.took().toMillis() / 1000.0);
    totals(document.putObject("totals"), report.totals());
    putHead(document, "main", report.main());
    putHead(document, "audit", report.audit());
    document.put("published", report.isPublished());
    document.putArray("batches");
    report.batches().forEach(line -> batch(document.withArray("batches").addObject(), line));
    document.putArray("verdicts");
    report
        .verdicts()
        .forEach(
            verdict ->
                JsonDocument.putVerdict(document.withArray("verdicts").addObject(), verdict));
    document.putArray("dead_letters");
    report
        .deadLetters()
        .forEach(
            letter ->
                document
                    .withArray("dead_letters")
                    .addObject()
                    .put("queue", letter.queue())
                    .put("message", letter.messageId())
                    .put("reason", letter.reason()));
    JsonDocument.print(document, out);
  }

  private static void totals(ObjectNode node, BatchAccount account) {
    JsonDocument.putCounts(node, account);
  }

  private static void putHead(ObjectNode node, String name, List<Head> head) {
    if (head.isEmpty()) {
      node.putNull(name);
    } else {
      node.putObject(name)
          .put("snapshot", head.getFirst().snapshot().value())
          .put("rows", head.getFirst().rows());
    }
  }

  private static void batch(ObjectNode node, BatchLine line) {
    node.put("batch", line.batch().value());
    node.put("source", line.source());
    node.put("verdict", line.verdict());
    node.put("deliveries", line.deliveries());
    JsonDocument.putCounts(node, line.account());
    line.snapshots().forEach(snapshot -> node.put("snapshot", snapshot));
    if (!line.reason().isEmpty()) {
      node.put("reason", line.reason());
    }
    if (!line.next().isEmpty()) {
      node.put("next", line.next());
    }
    if (!line.errors().isEmpty()) {
      JsonDocument.putCounts(node.putObject("errors"), line.errors());
    }
    if (!line.unknown().isEmpty()) {
      JsonDocument.putCounts(node.putObject("unknown"), line.unknown());
    }
  }
}
