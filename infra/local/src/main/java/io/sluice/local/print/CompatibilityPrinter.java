package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.compatibility.Compatibility;
import io.sluice.contracts.compatibility.Difference;
import io.sluice.contracts.compatibility.Direction;
import io.sluice.contracts.contract.Rule;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** How a contract stands to the one before it, for people and for programs. */
public final class CompatibilityPrinter {
  private final Path before;
  private final Path after;
  private final Compatibility compatibility;

  /** What was found between two files or folders. */
  public CompatibilityPrinter(Path before, Path after, Compatibility compatibility) {
    this.before = before;
    this.after = after;
    this.compatibility = compatibility;
  }

  /** Prints every difference, then the verdicts. */
  public void print(PrintStream out) {
    for (Difference difference : compatibility.differences()) {
      String path = difference.path().isEmpty() ? "the record" : difference.path();
      out.println((difference.breaks().isEmpty() ? "· " : "! ") + path + " " + difference.what());
      difference
          .breaks()
          .forEach((direction, why) -> out.println("    not " + direction.word() + ": " + why));
      String detail = difference.detail().isEmpty() ? "" : " (" + difference.detail() + ")";
      out.println("    table: " + difference.table().word() + detail);
    }
    rules(out, compatibility.addedRules(), "is added: records that passed may fail it");
    rules(out, compatibility.removedRules(), "is removed: records that failed it may pass");
    if (compatibility.differences().isEmpty()) {
      out.println("· the schemas are the same");
    }
    out.println(verdict(Direction.BACKWARD, after + " reads records of " + before));
    out.println(verdict(Direction.FORWARD, before + " reads records of " + after));
    out.println(
        compatibility.fitsTable()
            ? "✓ table: it can follow, and keeps its rows"
            : "✗ table: it cannot follow with the rows that it has");
    out.flush();
  }

  private String verdict(Direction direction, String meaning) {
    return compatibility.holds(direction)
        ? "✓ " + direction.word() + ": " + meaning
        : "✗ " + direction.word() + ": not every record can be read (" + meaning + ")";
  }

  private static void rules(PrintStream out, List<Rule> rules, String what) {
    for (Rule rule : rules) {
      String wanted = rule.path() + ", " + rule.condition().expected();
      out.println("· rule " + rule.name() + " (" + wanted + ") " + what);
    }
  }

  /** Prints one document. */
  public void printJson(PrintStream out) {
    ObjectNode document = JsonDocument.object();
    document.put("old", before.toString());
    document.put("new", after.toString());
    document.put("verdict", compatibility.verdict());
    for (Direction direction : Direction.values()) {
      document.put(direction.word(), compatibility.holds(direction));
    }
    document.put("table", compatibility.fitsTable());
    document.putArray("differences");
    for (Difference difference : compatibility.differences()) {
      ObjectNode node = document.withArray("differences").addObject();
      node.put("path", difference.path()).put("what", difference.what());
      ObjectNode breaks = node.putObject("breaks");
      difference.breaks().forEach((direction, why) -> breaks.put(direction.word(), why));
      node.put("table", difference.table().word()).put("detail", difference.detail());
    }
    document.putArray("added_rules");
    compatibility.addedRules().forEach(rule -> document.withArray("added_rules").add(rule.name()));
    document.putArray("removed_rules");
    compatibility
        .removedRules()
        .forEach(rule -> document.withArray("removed_rules").add(rule.name()));
    JsonDocument.print(document, out);
  }
}
