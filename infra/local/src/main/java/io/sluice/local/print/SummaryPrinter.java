package io.sluice.local.print;

import static java.util.stream.Collectors.joining;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.iceberg.read.TableHistory.Head;
import io.sluice.local.run.BatchLine;
import io.sluice.local.run.RunReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The end of a run, for people. */
public final class SummaryPrinter {
  private final PrintStream out;

  /** Prints to {@code out}. */
  public SummaryPrinter(PrintStream out) {
    this.out = out;
  }

  /** Prints all of it. */
  public void print(RunReport report) {
    out.printf("%s%n%n", "Sluice · pipeline " + report.pipeline());
    stages(report).forEach(line -> out.println("  " + line));
    out.println();
    batches(report.batches()).lines().forEach(line -> out.println("  " + line));
    out.println();
    report.verdicts().forEach(verdict -> out.println("  " + GateText.line(verdict)));
    blockers(report);
    report
        .deadLetters()
        .forEach(
            letter ->
                out.printf(
                    "  ✗ given up by %s: message %s: %s%n",
                    letter.queue(), letter.messageId(), letter.reason()));
    out.println();
    out.println("  " + conservation(report.totals()));
    heldBack(report).ifPresent(line -> out.println("  " + line));
    out.println("  " + heads(report));
    out.printf(
        Locale.ROOT, "  lake %s · %.1f s%n%n", report.lake(), report.took().toMillis() / 1000.0);
    out.println("  Look further:");
    for (String command : List.of("rows", "history", "verify")) {
      out.printf("    ./sluice %s %s --lake %s%n", command, report.pipeline(), report.lake());
    }
    if (report.batches().stream().anyMatch(line -> line.account().landed().rejected() > 0)) {
      out.printf("    ./sluice quarantine list %s --lake %s%n", report.pipeline(), report.lake());
    }
  }

  private static List<String> stages(RunReport report) {
    BatchAccount all =
        report.batches().stream()
            .filter(line -> !line.verdict().equals(BatchLine.ALREADY_LANDED))
            .map(BatchLine::account)
            .reduce(BatchAccount.NONE, BatchAccount::plus);
    long deliveries = report.batches().stream().mapToLong(BatchLine::deliveries).sum();
    long published =
        report.verdicts().stream().filter(v -> v.outcome() == GateOutcome.PUBLISHED).count();
    return List.of(
        stage("LAND", report.times().land())
            + String.format(
                Locale.ROOT,
                "%s of %s: %,d records read, %,d accepted, %,d rejected",
                count(deliveries, "notification"),
                count(report.batches().size(), "source"),
                all.landed().read(),
                all.landed().accepted(),
                all.landed().rejected()),
        stage("CURATE", report.times().curate())
            + String.format(
                Locale.ROOT,
                "%s: %,d rows inserted, %,d duplicate, %,d conflicting",
                count(report.verdicts().size(), "snapshot"),
                report.totals().merged().inserted(),
                report.totals().merged().duplicate(),
                report.totals().merged().conflicting()),
        stage("GATE", report.times().gate())
            + String.format(
                Locale.ROOT, "%d of %d snapshots published", published, report.verdicts().size()));
  }

  private static String stage(String name, Duration until) {
    return until.isZero()
        ? String.format("%-8s%8s  ", name, "")
        : String.format(Locale.ROOT, "%-8s%6.1f s  ", name, until.toMillis() / 1000.0);
  }

  private void blockers(RunReport report) {
    if (!report.isPublished()) {
      for (GateVerdict verdict : report.blockers()) {
        out.printf(
            "  ✗ main waits: snapshot %s is %s, and so is everything after it%n",
            verdict.snapshot(), verdict.outcome().word());
      }
    }
  }

  private static TextTable batches(List<BatchLine> lines) {
    List<String> header = new ArrayList<>(List.of("source"));
    header.addAll(BatchAccount.NONE.byName().keySet());
    header.addAll(List.of("verdict", "snapshot"));
    TextTable table = new TextTable(header, List.of(1, 2, 3, 4, 5, 6, 7, 8));
    for (BatchLine line : lines) {
      List<String> row = new ArrayList<>(List.of(line.source()));
      line.account().byName().values().forEach(count -> row.add(number(count)));
      row.add(line.verdict().replace('_', ' '));
      row.add(line.snapshots().stream().map(String::valueOf).collect(joining()));
      table.add(row);
      if (line.deliveries() > 1) {
        table.addNote("  delivered " + line.deliveries() + " times, landed once");
      }
      if (!line.reason().isEmpty()) {
        table.addNote("  ✗ " + line.reason());
      }
      if (!line.next().isEmpty()) {
        table.addNote("    its good part is safe; to let it go on: " + line.next());
      }
      if (!line.errors().isEmpty()) {
        table.addNote("  rejected for: " + MostCounts.text(line.errors(), "kinds"));
      }
      if (!line.unknown().isEmpty()) {
        table.addNote("  beyond the contract: " + MostCounts.text(line.unknown(), "fields"));
      }
    }
    return table;
  }

  /** The line of conservation, with its numbers. */
  static String conservation(BatchAccount account) {
    StringBuilder line = new StringBuilder("read " + number(account.landed().read()) + " = ");
    account
        .byName()
        .forEach(
            (name, count) -> {
              if (!name.equals("read") && !name.equals("rejected")) {
                line.append(name).append(' ').append(number(count)).append(" + ");
              }
            });
    line.append("rejected ").append(number(account.landed().rejected()));
    return line + (account.isConserved() ? "  ✓" : "  ✗ this does not add up");
  }

  /** What was read and is in no snapshot, which the line of conservation leaves out. */
  private static Optional<String> heldBack(RunReport report) {
    List<BatchLine> held =
        report.batches().stream()
            .filter(line -> line.snapshots().isEmpty() && line.account().landed().accepted() > 0)
            .toList();
    long records = held.stream().mapToLong(line -> line.account().landed().read()).sum();
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(
            count(records, "record")
                + " of "
                + count(held.size(), "source")
                + " are not among these, for the reasons above");
  }

  private static String heads(RunReport report) {
    if (report.main().isEmpty()) {
      return "main: nothing is published yet";
    }
    Head main = report.main().getFirst();
    String where =
        "main is at snapshot " + main.snapshot() + " with " + number(main.rows()) + " rows";
    if (report.isPublished()) {
      return where + ", audit is there too: everything is published ✓";
    }
    return report.audit().stream()
        .map(
            audit ->
                where
                    + "; audit is at "
                    + audit.snapshot()
                    + " with "
                    + number(audit.rows())
                    + " rows")
        .findFirst()
        .orElse(where);
  }

  /** A number of things, in words. */
  static String count(long number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
