package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.read.TableHistory.Head;
import io.sluice.local.Sluice;
import io.sluice.local.lake.HeldBack;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What gates hold back, for people and for programs. */
public final class HeldBackPrinter {
  private final HeldBack held;
  private final String commandEnd;
  private final PrintStream out;

  private HeldBackPrinter(HeldBack held, Path lake, PrintStream out) {
    this.held = held;
    this.commandEnd = " --lake " + lake;
    this.out = out;
  }

  /** Prints to standard output; returns the exit status that it means. */
  public static int print(HeldBack held, Path lake, boolean json) {
    HeldBackPrinter printer = new HeldBackPrinter(held, lake, System.out);
    if (json) {
      printer.printJson();
    } else {
      printer.print();
    }
    return held.isClear() ? Sluice.DONE : Sluice.REFUSED;
  }

  /** Prints for people to {@code out}. */
  static void print(HeldBack held, Path lake, PrintStream out) {
    new HeldBackPrinter(held, lake, out).print();
  }

  private void print() {
    out.println("main   " + head(held.main()));
    out.println("audit  " + head(held.audit()));
    if (held.isReverted()) {
      out.printf(
          "%n✗ somebody set main back before a snapshot that was published: nothing is published%n"
              + "  until main is where it was, at the newest tag audited-…%n");
    }
    held.halted().forEach(this::halted);
    if (held.halted().isEmpty() && !held.waiting().isEmpty()) {
      out.printf("%n· %d snapshots wait for their gates%n", held.waiting().size());
      command("gate resume " + held.pipeline());
    }
    held.quarantined().forEach(this::quarantined);
    if (held.isClear()) {
      out.println("✓ nothing is held");
    }
    out.flush();
  }

  private void halted(GateVerdict verdict) {
    verdict(verdict, "is halted");
    int behind = held.waiting().size() - 1;
    if (behind > 0) {
      out.printf("  behind it: %d snapshots%n", behind);
    }
    out.println("  judge it again, under the rules as they are declared now:");
    command("gate resume " + held.pipeline());
    List<String> names = failed(verdict).stream().map(result -> result.terms().name()).toList();
    if (names.contains(GateRule.CONSERVATION.terms().name())) {
      out.println("  records are lost or made up, which nobody can accept; see which:");
      command("verify " + held.pipeline());
    } else {
      out.println("  or publish it as it is:");
      String accepted = String.join("", names.stream().map(name -> " --accept " + name).toList());
      command("gate resume " + held.pipeline() + accepted + " --reason TEXT");
    }
  }

  private void quarantined(SnapshotId snapshot, GateVerdict verdict) {
    verdict(verdict, "is quarantined");
    for (BatchId batch : held.batches(snapshot)) {
      out.println("  withheld: batch " + batch);
    }
    out.println("  publish it as it is, or give it up:");
    command("gate release " + held.pipeline() + " " + snapshot + " --reason TEXT");
    command("gate discard " + held.pipeline() + " " + snapshot + " --reason TEXT");
  }

  private void verdict(GateVerdict verdict, String state) {
    out.printf(
        Locale.ROOT,
        "%n✗ snapshot %s %s since %s, quality score %.0f%n",
        verdict.snapshot(),
        state,
        verdict.judgedAt(),
        verdict.score());
    for (GateResult result : failed(verdict)) {
      out.println("  " + GateText.result(result) + " → " + result.terms().action().word());
      if (result.measurement() instanceof Measurement.Known known) {
        known.drivers().forEach(driver -> out.println("    most in " + driver));
      }
    }
  }

  private void command(String command) {
    out.println("    ./sluice " + command + commandEnd);
  }

  private static List<GateResult> failed(GateVerdict verdict) {
    return verdict.results().stream().filter(GateResult::failed).toList();
  }

  private static String head(List<Head> head) {
    return head.isEmpty()
        ? "nothing yet"
        : String.format(
            Locale.ROOT,
            "snapshot %s with %,d rows",
            head.getFirst().snapshot(),
            head.getFirst().rows());
  }

  private void printJson() {
    ObjectNode document = JsonDocument.object();
    document.put("pipeline", held.pipeline().value());
    putHead(document, "main", held.main());
    putHead(document, "audit", held.audit());
    document.put("clear", held.isClear());
    document.put("reverted", held.isReverted());
    document.putArray("halted");
    held.halted()
        .forEach(
            verdict -> JsonDocument.putVerdict(document.withArray("halted").addObject(), verdict));
    document.putArray("waiting");
    held.waiting().forEach(each -> document.withArray("waiting").add(each.value()));
    document.putArray("quarantined");
    for (Map.Entry<SnapshotId, GateVerdict> each : held.quarantined().entrySet()) {
      ObjectNode node = document.withArray("quarantined").addObject();
      JsonDocument.putVerdict(node, each.getValue());
      node.putArray("batches");
      held.batches(each.getKey()).forEach(batch -> node.withArray("batches").add(batch.value()));
    }
    JsonDocument.print(document, out);
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
}
