package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.compatibility.Difference;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.local.rehearse.RehearsalReport;
import io.sluice.local.rehearse.RehearsalReport.Finding;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** What a proposed contract would change, for people and for programs. */
public final class RehearsalPrinter {
  private final Pipeline present;
  private final Pipeline proposed;
  private final RehearsalReport report;

  /** What was found between the pipeline in a lake and a proposed one. */
  public RehearsalPrinter(Pipeline present, Pipeline proposed, RehearsalReport report) {
    this.present = present;
    this.proposed = proposed;
    this.report = report;
  }

  /** Prints what would fail, what would pass, and what becomes of the columns. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s: contract %s, proposed %s%n",
        present.name(),
        present.contract().fingerprint(),
        proposed.contract().fingerprint());
    out.printf(
        Locale.ROOT,
        "%,d batches with %,d accepted records, %,d in quarantine%n",
        report.batches(),
        report.accepted(),
        report.quarantined());
    out.printf(
        Locale.ROOT,
        "%s %,d accepted records would fail%n",
        report.failing() == 0 ? "✓" : "✗",
        report.failing());
    report.failures().forEach((kind, finding) -> print(kind, finding, out));
    out.printf(Locale.ROOT, "· %,d quarantined records would pass%n", report.passing());
    report.cured().forEach((kind, finding) -> print(kind, finding, out));
    for (Difference difference : report.compatibility().differences()) {
      String path = difference.path().isEmpty() ? "the record" : difference.path();
      out.println("· " + path + " " + difference.what() + "; table: " + difference.table().word());
    }
    out.println("Nothing was changed.");
    out.flush();
  }

  private static void print(String kind, Finding finding, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "    %s: %,d, such as %s (wanted %s, found %s)%n",
        kind,
        finding.count(),
        finding.example(),
        finding.expected(),
        finding.found());
  }

  /** Prints one document. */
  public void printJson(PrintStream out) {
    ObjectNode document = JsonDocument.object();
    document.put("pipeline", present.name().value());
    document.put("contract", present.contract().fingerprint());
    document.put("proposed", proposed.contract().fingerprint());
    document.put("batches", report.batches());
    document.put("accepted", report.accepted()).put("would_fail", report.failing());
    document.put("quarantined", report.quarantined()).put("would_pass", report.passing());
    put(document.putObject("failures"), report.failures());
    put(document.putObject("cured"), report.cured());
    document.putArray("columns");
    for (Difference difference : report.compatibility().differences()) {
      document
          .withArray("columns")
          .addObject()
          .put("path", difference.path())
          .put("what", difference.what())
          .put("table", difference.table().word());
    }
    JsonDocument.print(document, out);
  }

  private static void put(ObjectNode node, Map<String, Finding> findings) {
    findings.forEach(
        (kind, finding) ->
            node.putObject(kind)
                .put("count", finding.count())
                .put("example", finding.example())
                .put("expected", finding.expected())
                .put("found", finding.found()));
  }
}
