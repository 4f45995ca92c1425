package io.sluice.contracts.compatibility;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import io.sluice.contracts.contract.UnknownPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * How a new contract stands to an old one.
 *
 * @param differences of the schemas, in the order of the new one's fields, then of what becomes of
 *     fields that neither knows
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
    List<Difference> differences = new ArrayList<>(between(before.schema(), after.schema()));
    if (before.unknown() != after.unknown()) {
      differences.add(unknownFields(before.unknown(), after.unknown()));
    }
    return new Compatibility(
        differences,
        after.rules().stream().filter(rule -> !before.rules().contains(rule)).toList(),
        before.rules().stream().filter(rule -> !after.rules().contains(rule)).toList());
  }

  /** Neither side reads another schema: what changes is which records are accepted. */
  private static Difference unknownFields(UnknownPolicy before, UnknownPolicy after) {
    String what = "has unknown_fields: " + after.word() + ", had " + before.word();
    return switch (after) {
      case REJECT ->
          new Difference(
              "", what + ": records that passed may fail", Map.of(), TableEffect.NONE, "");
      case IGNORE -> new Difference("", what, Map.of(), TableEffect.NONE, "");
      case CAPTURE -> new Difference("", what, Map.of(), TableEffect.ADD_COLUMN, Contract.EXTRAS);
    };
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
