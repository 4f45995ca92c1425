package io.sluice.contracts.rule;

import io.sluice.contracts.contract.Condition;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.contracts.contract.Rule;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a contract over the records of one batch, in their order. Remembers what {@code
 * unique_in_batch} needs, so each batch has its own; serves one thread.
 */
public final class BatchRules {
  private final List<FieldPath> fields = new ArrayList<>();
  private final List<ValueRule> values = new ArrayList<>();
  private final List<KeyRule> keys = new ArrayList<>();
  private final int maxErrors;

  private BatchRules(int maxErrors) {
    this.maxErrors = maxErrors;
  }

  /**
   * The rules of {@code contract}, which were checked when it was read.
   *
   * @param maxErrors how many errors of one record are told; the last then says how many more
   */
  public static BatchRules compile(Contract contract, int maxErrors) {
    return compile(contract, maxErrors, UniqueKeys.MAX_KEYS);
  }

  static BatchRules compile(Contract contract, int maxErrors, int maxKeys) {
    BatchRules compiled = new BatchRules(maxErrors);
    contract.rules().forEach(rule -> compiled.add(rule, contract, maxKeys));
    return compiled;
  }

  private void add(Rule rule, Contract contract, int maxKeys) {
    List<Schema> types = rule.fields().stream().map(field -> type(contract, field)).toList();
    int[] positions = rule.fields().stream().mapToInt(this::position).toArray();
    if (rule.condition() instanceof Condition.UniqueInBatch) {
      keys.add(new KeyRule(rule, positions, types, new UniqueKeys(maxKeys)));
      return;
    }
    for (int i = 0; i < positions.length; i++) {
      Predicate<Object> check = ValueChecks.of(rule.condition(), types.get(i));
      values.add(new ValueRule(rule, rule.fields().get(i), positions[i], types.get(i), check));
    }
  }

  /** The fields that the rules look at, each once. */
  public List<FieldPath> fields() {
    return List.copyOf(fields);
  }

  /**
   * All that is wrong with {@code record}; nothing when it keeps every rule. Only then is it one of
   * those that later records must differ from.
   */
  public List<RecordError> check(RecordValues record) {
    List<RecordError> errors = List.of();
    for (ValueRule rule : values) {
      Object found = record.value(rule.position());
      if (!rule.admits(found)) {
        errors = added(errors, rule.error(found));
      }
    }
    for (KeyRule rule : keys) {
      UniqueKeys.Standing standing = rule.seen().look(record, rule.positions());
      switch (standing) {
        case NEW -> {}
        case REPEATED ->
            errors = added(errors, rule.error(rule.rule().condition().expected(), record));
        case TOO_MANY -> errors = added(errors, rule.error("no more keys than fit", record));
      }
    }
    if (errors.isEmpty()) {
      keys.forEach(rule -> rule.seen().remember());
      return errors;
    }
    return shortened(errors);
  }

  private static List<RecordError> added(List<RecordError> errors, RecordError error) {
    List<RecordError> more = errors.isEmpty() ? new ArrayList<>() : errors;
    more.add(error);
    return more;
  }

  private List<RecordError> shortened(List<RecordError> errors) {
    if (errors.size() <= maxErrors) {
      return errors;
    }
    List<RecordError> kept = new ArrayList<>(errors.subList(0, maxErrors - 1));
    String rest = (errors.size() - kept.size()) + " more";
    kept.add(new RecordError("more", "", "at most " + maxErrors + " errors", rest));
    return kept;
  }

  private int position(FieldPath field) {
    if (!fields.contains(field)) {
      fields.add(field);
    }
    return fields.indexOf(field);
  }

  private static Schema type(Contract contract, FieldPath field) {
    return contract
        .find(field)
        .map(ContractField::type)
        .orElseThrow(() -> new IllegalArgumentException("Invalid rule: no field " + field));
  }

  private record ValueRule(
      Rule rule, FieldPath field, int position, Schema type, Predicate<Object> check) {
    boolean admits(@Nullable Object value) {
      return value == null ? !(rule.condition() instanceof Condition.NotNull) : check.test(value);
    }

    RecordError error(@Nullable Object found) {
      Condition wanted = rule.condition();
      return new RecordError(
          wanted.code(),
          field.toString(),
          wanted.expected(),
          ValueText.of(found, type),
          rule.name());
    }
  }

  /** One rule over several fields; the arrays are not to be changed. */
  private static final class KeyRule {
    private final Rule rule;
    private final int[] positions;
    private final List<Schema> types;
    private final UniqueKeys seen;

    KeyRule(Rule rule, int[] positions, List<Schema> types, UniqueKeys seen) {
      this.rule = rule;
      this.positions = positions;
      this.types = types;
      this.seen = seen;
    }

    Rule rule() {
      return rule;
    }

    int[] positions() {
      return positions;
    }

    UniqueKeys seen() {
      return seen;
    }

    RecordError error(String expected, RecordValues record) {
      List<String> found = new ArrayList<>();
      for (int i = 0; i < positions.length; i++) {
        found.add(ValueText.of(record.value(positions[i]), types.get(i)));
      }
      return new RecordError(
          rule.condition().code(), rule.path(), expected, String.join(", ", found), rule.name());
    }
  }
}
