package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how records come in. */
final class IngestionReader {
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
              Map.entry("dead_letter_topic", Shape.TEXT),
              Map.entry("reject_budget", new Shape.Section(Map.of("rate", Shape.NUMBER)))));

  private final Declaration declared;
  private final Problems problems;

  IngestionReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** Everything but what has to do with the contract. */
  Ingestion read() {
    declared.choose("source", List.of("s3"), List.of("kafka"), problems);
    declared.choose("format", Format.words(), List.of(), problems);
    return new Ingestion(
        declared.word("format").flatMap(word -> Format.of(word.text())).orElse(Format.DETECTED),
        new CsvReader(declared.section("csv"), problems).read(),
        rejectBudget(),
        new LimitsReader(declared.section("limits"), problems).read());
  }

  /** Notes what does not fit {@code contract}. */
  void check(Contract contract) {
    new CsvReader(declared.section("csv"), problems).check(contract);
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
    Optional<Word> registry = declared.required("schema_registry", problems);
    registry.filter(word -> !word.text().equals(Registries.OBJECTS)).ifPresent(this::checkAddress);
  }

  /** Passwords have no place in a declaration, so an address that may have one is not repeated. */
  private void checkAddress(Word address) {
    if (!address.text().matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?")) {
      problems.invalid(
          address.line(),
          address.path() + " is to be objects or http(s)://host:port/path, without a user");
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
    return new RuleReader(contract, problems).read(declared.sections("rules"));
  }

  private double rejectBudget() {
    Optional<Word> rate = declared.section("reject_budget").word("rate");
    rate.filter(word -> !word.isShare())
        .ifPresent(word -> problems.invalid(word, "a share from 0 to 1 is wanted"));
    return rate.map(Word::number).orElse(Ingestion.DEFAULT_REJECT_BUDGET);
  }
}
