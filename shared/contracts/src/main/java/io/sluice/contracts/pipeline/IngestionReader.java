package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how records come in. */
final class IngestionReader {
  static final Shape SHAPE =
      new Shape.Section(
          Map.of(
              "source", Shape.TEXT,
              "format", Shape.TEXT,
              "contract", Shape.TEXT,
              "topics", Shape.TEXTS,
              "consumer_group", Shape.TEXT,
              "schema_registry", Shape.TEXT,
              "dead_letter_topic", Shape.TEXT,
              "reject_budget", new Shape.Section(Map.of("rate", Shape.NUMBER)),
              "rules", RuleReader.SHAPE));

  private final Declaration declared;
  private final Problems problems;

  IngestionReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** Everything but what has to do with the contract. */
  Ingestion read() {
    declared.choose("source", List.of("s3"), List.of("kafka"), problems);
    declared.choose(
        "format", List.of("ndjson"), List.of("csv", "avro", "parquet", "debezium"), problems);
    return new Ingestion(rejectBudget(), Limits.DEFAULT);
  }

  /** The name of the file that holds the contract. */
  Optional<Word> contractFile() {
    Optional<Word> word = declared.required("contract", problems);
    word.ifPresent(
        file -> {
          if (file.text().startsWith("registry:")) {
            problems.unavailable(file);
          } else if (!file.text().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            problems.invalid(file, "the name of a file beside it is wanted");
          }
        });
    return word;
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
