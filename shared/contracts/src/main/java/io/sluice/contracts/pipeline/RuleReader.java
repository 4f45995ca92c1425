package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Condition;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.contracts.contract.Rule;
import io.sluice.contracts.rule.ValueChecks;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rules beyond Avro, and holds them against the contract. */
final class RuleReader {
  static final Shape SHAPE =
      new Shape.Many(
          new Shape.Section(
              Map.of(
                  "name", Shape.TEXT,
                  "field", Shape.TEXT,
                  "fields", Shape.TEXTS,
                  "not_null", Shape.FLAG,
                  "range",
                      new Shape.Section(
                          Map.of("min", Shape.TEXT, "max", Shape.TEXT, "exclusive", Shape.FLAG)),
                  "length", new Shape.Section(Map.of("min", Shape.NUMBER, "max", Shape.NUMBER)),
                  "pattern", Shape.TEXT,
                  "one_of", Shape.TEXTS,
                  "unique_in_batch", Shape.FLAG,
                  "expression", Shape.TEXT)));

  /** Each holds the keys of a batch in memory: see {@code UniqueKeys}. */
  static final int MAX_UNIQUE = 2;

  private static final List<String> KINDS =
      List.of("not_null", "range", "length", "pattern", "one_of", "unique_in_batch", "expression");

  private final Contract contract;
  private final Problems problems;
  private final Set<String> names = new HashSet<>();

  RuleReader(Contract contract, Problems problems) {
    this.contract = contract;
    this.problems = problems;
  }

  List<Rule> read(List<Declaration> declared) {
    List<Rule> rules = new ArrayList<>();
    int unique = 0;
    for (Declaration each : declared) {
      Rule rule = rule(each).orElse(null);
      if (rule == null) {
        continue;
      }
      if (rule.condition() instanceof Condition.UniqueInBatch && ++unique > MAX_UNIQUE) {
        problems.invalid(
            each.line(),
            each.pathOf("unique_in_batch") + " stands in more than " + MAX_UNIQUE + " rules");
      }
      if (!names.add(rule.name())) {
        problems.invalid(each.line(), "another rule has the name " + rule.name());
      }
      rules.add(rule);
    }
    return rules;
  }

  private Optional<Rule> rule(Declaration declared) {
    List<String> kinds = KINDS.stream().filter(declared::has).toList();
    if (kinds.size() != 1) {
      problems.invalid(
          declared.line(), "one of " + String.join(", ", KINDS) + " is wanted in a rule");
      return Optional.empty();
    }
    String kind = kinds.getFirst();
    Optional<Condition> condition = condition(kind, declared);
    List<ContractField> fields = fields(declared);
    if (condition.isEmpty() || fields.isEmpty()) {
      return Optional.empty();
    }
    for (ContractField field : fields) {
      try {
        ValueChecks.of(condition.get(), field.type());
      } catch (IllegalArgumentException e) {
        problems.invalid(
            declared.line(),
            "%s: %s, a %s: %s"
                .formatted(declared.pathOf(kind), field.path(), field.typeName(), e.getMessage()));
      }
    }
    List<FieldPath> paths = fields.stream().map(ContractField::path).toList();
    Rule unnamed = new Rule("", paths, condition.get());
    String name = declared.word("name").map(Word::text).orElse(kind + " " + unnamed.path());
    return Optional.of(new Rule(name, paths, condition.get()));
  }

  private Optional<Condition> condition(String kind, Declaration declared) {
    return switch (kind) {
      case "not_null" -> flag(declared, kind, new Condition.NotNull());
      case "unique_in_batch" -> flag(declared, kind, new Condition.UniqueInBatch());
      case "range" -> Optional.of(range(declared.section(kind)));
      case "length" -> length(declared.section(kind));
      case "pattern" -> declared.word(kind).map(word -> new Condition.Matches(word.text()));
      case "one_of" ->
          Optional.of(new Condition.OneOf(declared.words(kind).stream().map(Word::text).toList()));
      default -> {
        declared.word(kind).ifPresent(problems::unavailable);
        yield Optional.empty();
      }
    };
  }

  private Optional<Condition> flag(Declaration declared, String kind, Condition condition) {
    Word word = declared.word(kind).orElseThrow();
    if (!word.text().equals("true")) {
      problems.invalid(word, "true is wanted, or no rule");
    }
    return Optional.of(condition);
  }

  private static Condition range(Declaration range) {
    boolean excluded =
        range.word("exclusive").filter(word -> word.text().equals("true")).isPresent();
    return new Condition.Range(
        range.word("min").map(Word::text).orElse(""),
        range.word("max").map(Word::text).orElse(""),
        excluded ? Condition.Ends.EXCLUDED : Condition.Ends.INCLUDED);
  }

  private Optional<Condition> length(Declaration length) {
    for (String key : List.of("min", "max")) {
      Word word = length.word(key).orElse(null);
      if (word != null && word.number() != (long) word.number()) {
        problems.invalid(word, "a whole number is wanted");
        return Optional.empty();
      }
    }
    return Optional.of(
        new Condition.Length(
            length.word("min").map(word -> (long) word.number()).orElse(0L),
            length.word("max").map(word -> (long) word.number()).orElse(Long.MAX_VALUE)));
  }

  private List<ContractField> fields(Declaration declared) {
    List<Word> words = new ArrayList<>(declared.words("fields"));
    declared.word("field").ifPresent(words::add);
    if (words.isEmpty()) {
      problems.invalid(declared.line(), "field or fields is wanted in a rule");
    }
    List<ContractField> found = new ArrayList<>();
    for (Word word : words) {
      ContractFields.find(contract, word.text(), word, problems).ifPresent(found::add);
    }
    return found.size() == words.size() ? found : List.of();
  }
}
