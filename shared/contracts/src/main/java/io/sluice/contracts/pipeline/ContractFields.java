package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Looks up the contract fields that a declaration names. */
final class ContractFields {
  private ContractFields() {}

  /** The field at {@code path}, or a problem that names {@code word} and the nearest field. */
  static Optional<ContractField> find(
      Contract contract, String path, Word word, Problems problems) {
    Optional<ContractField> field = parse(path).flatMap(contract::find);
    if (field.isEmpty()) {
      unknown(path, word, paths(contract.schema(), ""), problems);
    }
    return field;
  }

  /** {@link #find}, also in records that are elements of arrays. */
  static Optional<FieldPath> findAnywhere(Contract contract, Word word, Problems problems) {
    List<String> known = paths(contract.schema(), "");
    if (!known.contains(word.text())) {
      unknown(word.text(), word, known, problems);
      return Optional.empty();
    }
    return parse(word.text());
  }

  private static void unknown(String path, Word word, List<String> known, Problems problems) {
    problems.invalid(
        word.line(),
        "%s: %s is not a field of the contract%s"
            .formatted(word.path(), path, Suggestion.of(path, known)));
  }

  private static Optional<FieldPath> parse(String path) {
    try {
      return Optional.of(FieldPath.parse(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Every field, those of records in arrays too. */
  private static List<String> paths(Schema type, String prefix) {
    Schema element = type;
    while (element.getType() == Schema.Type.ARRAY) {
      element = ContractField.withoutNull(element.getElementType());
    }
    if (element.getType() != Schema.Type.RECORD) {
      return List.of();
    }
    return element.getFields().stream()
        .flatMap(
            field -> {
              String path = prefix + field.name();
              List<String> below = paths(ContractField.withoutNull(field.schema()), path + ".");
              return Stream.concat(Stream.of(path), below.stream());
            })
        .toList();
  }
}
