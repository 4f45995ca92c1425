package io.sluice.contracts.compatibility;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How a new contract stands to an old one.
 *
 * @param differences of the schemas, in the order of the new one's fields
 * @param addedRules which may reject what passed before
 * @param removedRules which rejected what may pass now
 */
public record Compatibility(
    List<Difference> differences, List<Rule> addedRules, List<Rule> removedRules) {
  /** Copies the lists. */
  public Compatibility {
    differences = List.copyOf(differences);
    addedRules = List.copyOf(addedRules);
    removedRules = List.copyOf(removedRules);
  }

  /** Compares two contracts. */
  public static Compatibility of(Contract before, Contract after) {
    return new Compatibility(
        between(before.schema(), after.schema()),
        after.rules().stream().filter(rule -> !before.rules().contains(rule)).toList(),
        before.rules().stream().filter(rule -> !after.rules().contains(rule)).toList());
  }

  /** Every difference of two schemas. */
  public static List<Difference> between(Schema before, Schema after) {
    return new SchemaComparison().compare(before, after);
  }

  /** Whether every record that one side writes can be read by the other. */
  public boolean holds(Direction direction) {
    return differences.stream().noneMatch(difference -> difference.breaks(direction));
  }

  /** Whether the table can follow. */
  public boolean fitsTable() {
    return differences.stream().noneMatch(each -> each.table() == TableEffect.IMPOSSIBLE);
  }

  /** {@code full}, {@code backward}, {@code forward} or {@code none}. */
  public String verdict() {
    boolean backward = holds(Direction.BACKWARD);
    boolean forward = holds(Direction.FORWARD);
    if (backward && forward) {
      return "full";
    }
    return backward ? "backward" : forward ? "forward" : "none";
  }
}
