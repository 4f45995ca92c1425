package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.audit.Finding;
import java.io.PrintStream;
import java.util.Locale;

/** What an audit came to, for people and for programs. */
public final class AuditPrinter {
  private AuditPrinter() {}

  /** Prints what was checked, then every finding. */
  public static void print(Pipeline pipeline, AuditReport report, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s: %,d batches, %,d snapshots, %,d rows%n",
        pipeline.table(),
        report.batches(),
        report.snapshots(),
        report.rows());
    out.println(SummaryPrinter.conservation(report.total()));
    int pending = report.pending().size();
    if (pending > 0) {
      out.printf(
          "%d %s accepted and not on main yet%n",
          pending, pending == 1 ? "batch is" : "batches are");
    }
    for (Finding finding : report.findings()) {
      out.println("✗ " + finding);
    }
    out.println(
        report.isClean()
            ? "✓ every record is accounted for, no key is there twice,"
                + " main is an audited ancestor of audit"
            : "✗ " + SummaryPrinter.count(report.findings().size(), "fault"));
  }

  /** Prints one document. */
  public static void printJson(Pipeline pipeline, AuditReport report, PrintStream out) {
    ObjectNode document = JsonDocument.object();
    document.put("pipeline", pipeline.name().value());
    document.put("clean", report.isClean());
    document.put("batches", report.batches());
    document.put("snapshots", report.snapshots());
    document.put("rows", report.rows());
    JsonDocument.putCounts(document.putObject("totals"), report.total());
    document.putArray("pending");
    report.pending().forEach(batch -> document.withArray("pending").add(batch));
    document.putArray("findings");
    for (Finding finding : report.findings()) {
      document
          .withArray("findings")
          .addObject()
          .put("code", finding.code())
          .put("subject", finding.subject())
          .put("detail", finding.detail());
    }
    JsonDocument.print(document, out);
  }
}
