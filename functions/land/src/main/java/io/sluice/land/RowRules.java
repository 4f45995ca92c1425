package io.sluice.land;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import io.sluice.contracts.pipeline.Format;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.rule.BatchRules;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.change.Operation;
import io.sluice.formats.row.Row;
import io.sluice.formats.row.RowValues;
import java.util.List;

/**
 * The declared rules over the rows of one batch. Of changes they hold for the row after the change;
 * of a deletion nothing but the key is wanted, so only what is said of it holds, and of a
 * truncation nothing.
 */
final class RowRules {
  private static final FieldPath OPERATION = FieldPath.parse(ChangeColumns.OPERATION);

  private final boolean ofChanges;
  private final Checked all;
  private final Checked ofKeys;

  /**
   * The rules of {@code pipeline}.
   *
   * @param accepting what accepted rows match: the contract, or what a format makes of it
   */
  RowRules(Pipeline pipeline, Contract accepting) {
    int maxErrors = pipeline.ingestion().limits().errors();
    List<Rule> rules = pipeline.contract().rules();
    this.ofChanges = pipeline.ingestion().format() == Format.DEBEZIUM;
    this.all = Checked.of(accepting.withRules(rules), maxErrors);
    this.ofKeys =
        Checked.of(
            accepting.withRules(only(rules, pipeline.transformation().idempotencyKey())),
            maxErrors);
  }

  private static List<Rule> only(List<Rule> rules, List<FieldPath> key) {
    return rules.stream()
        .map(
            rule ->
                new Rule(
                    rule.name(),
                    rule.fields().stream().filter(key::contains).toList(),
                    rule.condition()))
        .filter(rule -> !rule.fields().isEmpty())
        .toList();
  }

  /** All that is wrong with {@code row}. */
  List<RecordError> check(Row row) {
    if (!ofChanges) {
      return all.check(row);
    }
    return switch (operation(row)) {
      case CREATE, READ, UPDATE -> all.check(row);
      case DELETE -> ofKeys.check(row);
      case TRUNCATE -> List.of();
    };
  }

  private static Operation operation(Row row) {
    return row.value(OPERATION)
        .flatMap(word -> Operation.of(word.toString()))
        .orElseThrow(() -> new IllegalStateException("A change has an operation"));
  }

  private record Checked(BatchRules rules, RowValues values) {
    static Checked of(Contract contract, int maxErrors) {
      BatchRules rules = BatchRules.compile(contract, maxErrors);
      return new Checked(rules, new RowValues(contract, rules.fields()));
    }

    List<RecordError> check(Row row) {
      return rules.check(values.of(row));
    }
  }
}
