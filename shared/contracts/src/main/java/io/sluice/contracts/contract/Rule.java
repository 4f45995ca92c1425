package io.sluice.contracts.contract;

import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a record must be beyond its schema.
 *
 * @param name for people: unique in a contract
 * @param fields what the condition is held against: each by itself, or all together when the
 *     condition is {@link Condition.UniqueInBatch}
 */
public record Rule(String name, List<FieldPath> fields, Condition condition) {
  /** Copies the fields. */
  public Rule {
    fields = List.copyOf(fields);
  }

  /** The fields, joined by commas. */
  public String path() {
    return fields.stream().map(FieldPath::toString).collect(Collectors.joining(","));
  }

  /** All that decides which records pass; the name does not. */
  String meaning() {
    return condition.code() + " " + path() + " " + condition.expected();
  }
}
