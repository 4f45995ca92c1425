package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Condition;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.contracts.framing.Framing;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how records come in. */
final class IngestionReader {
  /** The lake's objects, or a registry of Glue; see "CreateRegistry" of Glue for names. */
  private static final Pattern NAMED_REGISTRY =
      Pattern.compile(Registries.OBJECTS + "|" + Registries.GLUE + "(:[A-Za-z0-9_$#.-]{1,255})?");

  static final Shape SHAPE =
      new Shape.Section(
          Map.ofEntries(
              Map.entry("source", Shape.TEXT),
              Map.entry("format", Shape.TEXT),
              Map.entry("csv", CsvReader.SHAPE),
              Map.entry("limits", LimitsReader.SHAPE),
              Map.entry("rules", RuleReader.SHAPE),
              Map.entry("contract", Shape.TEXT),
              Map.entry("topics", Shape.TEXTS),
              Map.entry("consumer_group", Shape.TEXT),
              Map.entry("schema_registry", Shape.TEXT),
              Map.entry("framing", Shape.TEXT),
              Map.entry("dead_letter_topic", Shape.TEXT),
              Map.entry("redact", Shape.TEXTS),
              Map.entry("unknown_fields", Shape.TEXT),
              Map.entry(
                  "reject_budget",
                  new Shape.Section(Map.of("rate", Shape.NUMBER, "count", Shape.NUMBER)))));

  private final Declaration declared;
  private final Problems problems;

  IngestionReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** Notes what is wrong whatever the contract says. */
  void check() {
    declared.choose("source", List.of("s3"), List.of("kafka"), problems);
    declared.choose("format", Format.words(), List.of(), problems);
    declared.choose("unknown_fields", UnknownPolicy.words(), List.of(), problems);
    FramingReader framing = new FramingReader(declared, problems);
    framing.check();
    if (framing.read() != Framing.NONE || isRegistered()) {
      checkRegistry();
    }
    Declaration budget = declared.section("reject_budget");
    budget
        .word("rate")
        .filter(word -> !word.isShare())
        .ifPresent(word -> problems.invalid(word, "a share from 0 to 1 is wanted"));
    budget
        .word("count")
        .filter(word -> !word.text().matches("\\d{1,18}"))
        .ifPresent(word -> problems.invalid(word, "a whole number is wanted"));
  }

  /** What {@link #check} found no problem in, held against {@code contract}. */
  Ingestion read(Contract contract) {
    CsvReader csv = new CsvReader(declared.section("csv"), problems);
    csv.check(contract);
    return new Ingestion(
        declared.word("format").flatMap(word -> Format.of(word.text())).orElse(Format.DETECTED),
        new FramingReader(declared, problems).read(),
        declared.word("schema_registry").map(Word::text).orElse(""),
        csv.read(),
        rejectBudget(),
        redacted(contract),
        new LimitsReader(declared.section("limits"), problems).read());
  }

  /** The name of the file that holds the contract, or its subject in a registry. */
  Optional<Word> contractName() {
    Optional<Word> word = declared.required("contract", problems);
    word.ifPresent(this::checkName);
    return word;
  }

  private void checkName(Word name) {
    if (!name.text().startsWith(Subject.PREFIX)) {
      if (!name.text().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
        problems.invalid(name, "the name of a file beside it is wanted");
      }
      return;
    }
    try {
      Subject.parse(name.text());
    } catch (IllegalArgumentException e) {
      problems.invalid(name, e.getMessage() + " is wanted");
    }
  }

  private boolean isRegistered() {
    return declared
        .word("contract")
        .filter(word -> word.text().startsWith(Subject.PREFIX))
        .isPresent();
  }

  private void checkRegistry() {
    declared
        .required("schema_registry", problems)
        .filter(word -> !NAMED_REGISTRY.matcher(word.text()).matches())
        .ifPresent(this::checkAddress);
  }

  /** Passwords have no place in a declaration, so an address that may have one is not repeated. */
  private void checkAddress(Word address) {
    if (!address.text().matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?")) {
      problems.invalid(
          address.line(),
          address.path()
              + " is to be objects, glue, glue:<name> or http(s)://host:port/path, without a user");
    }
  }

  /** The text of the contract of that name. */
  Optional<String> contractText(Word name, ContractTexts texts) {
    return name.text().startsWith(Subject.PREFIX)
        ? texts.registered(
            Subject.parse(name.text()), declared.word("schema_registry").orElseThrow().text())
        : texts.file(name.text());
  }

  /** The rules beyond Avro that are declared for {@code contract}. */
  List<Rule> rules(Contract contract) {
    List<Rule> rules = new RuleReader(contract, problems).read(declared.sections("rules"));
    boolean ofChanges =
        declared
            .word("format")
            .filter(word -> word.text().equals(Format.DEBEZIUM.word()))
            .isPresent();
    if (ofChanges
        && rules.stream().anyMatch(rule -> rule.condition() instanceof Condition.UniqueInBatch)) {
      problems.invalid(
          declared.lineOf("rules").orElse(declared.line()),
          declared.pathOf("rules")
              + ": unique_in_batch does not hold of changes, of which a row has many in a batch");
    }
    return rules;
  }

  /** What becomes of fields that the contract does not know. */
  UnknownPolicy unknownFields() {
    return declared
        .word("unknown_fields")
        .flatMap(word -> UnknownPolicy.of(word.text()))
        .orElse(UnknownPolicy.IGNORE);
  }

  private RejectBudget rejectBudget() {
    Declaration budget = declared.section("reject_budget");
    return new RejectBudget(
        budget.word("rate").map(Word::number).orElse(RejectBudget.DEFAULT.rate()),
        budget
            .word("count")
            .map(word -> Long.parseLong(word.text()))
            .orElse(RejectBudget.DEFAULT.count()));
  }

  private List<FieldPath> redacted(Contract contract) {
    return declared.words("redact").stream()
        .flatMap(word -> ContractFields.findAnywhere(contract, word, problems).stream())
        .toList();
  }
}
