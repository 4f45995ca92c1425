package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.contracts.pipeline.Pipeline.OnConflict;
import io.sluice.contracts.pipeline.Pipeline.StorageLocation;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.gate.GateRule;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code pipeline.yaml} and holds it against its contract. What it does not know, or what
 * this version cannot do and would change results, it refuses; keys that only describe are checked
 * for their type.
 */
public final class PipelineReader {
  /** The share of rejected records above which a batch is held, unless another is declared. */
  public static final double DEFAULT_REJECT_BUDGET = 0.05;

  private static final Set<String> EVENT_TIMES =
      Set.of("date", "timestamp-millis", "timestamp-micros");

  private final Problems problems;
  private final Declaration declaration;

  private PipelineReader(String yaml, String fileName) {
    problems = new Problems(fileName);
    declaration = Declaration.read(yaml, problems);
  }

  /**
   * Reads a declaration.
   *
   * @param fileName what the declaration is called in errors
   * @param contracts the text of the contract file of a name, if there is one
   * @throws ConfigurationFailure with one sentence per problem, a line each
   */
  public static Pipeline read(
      String yaml, String fileName, Function<String, Optional<String>> contracts) {
    return new PipelineReader(yaml, fileName).pipeline(contracts);
  }

  private Pipeline pipeline(Function<String, Optional<String>> contracts) {
    refuseUnavailable();
    Declaration head = declaration.section("pipeline");
    Declaration transformation = declaration.section("transformation");
    Optional<PipelineName> name = head.required("name", problems).flatMap(this::name);
    Optional<Word> contractFile = contractFile();
    double budget = rejectBudget();
    StorageLocation location = location();
    if (transformation.words("idempotency_key").isEmpty()) {
      problems.invalid(
          transformation.line(), transformation.pathOf("idempotency_key") + " is missing or empty");
    }
    Optional<Word> eventTime = transformation.required("event_time", problems);
    problems.throwIfAny();

    Contract contract = contract(contractFile.orElseThrow(), contracts);
    FieldPath time = eventTime(contract, eventTime.orElseThrow());
    List<FieldPath> key = key(contract, transformation.words("idempotency_key"));
    List<PartitionField> partitions =
        new PartitionFieldReader(contract, time, problems).read(transformation.words("partitions"));
    List<GateRule> gates =
        new GateReader(contract, problems).read(declaration.section("quality").sections("gates"));
    problems.throwIfAny();
    return new Pipeline(
        name.orElseThrow(),
        head.word("version").map(Word::text).orElse("1"),
        head.word("owner").map(Word::text).orElse(""),
        contract,
        budget,
        key,
        time,
        OnConflict.KEEP_FIRST,
        partitions,
        gates,
        location);
  }

  private void refuseUnavailable() {
    Declaration ingestion = declaration.section("ingestion");
    Declaration transformation = declaration.section("transformation");
    choose(ingestion, "source", List.of("s3"), List.of("kafka"));
    choose(ingestion, "format", List.of("ndjson"), List.of("csv", "avro", "parquet", "debezium"));
    choose(transformation, "merge", List.of("append"), List.of("upsert", "cdc"));
    choose(
        transformation, "on_conflict", List.of("keep_first"), List.of("keep_last", "quarantine"));
    choose(declaration.section("storage"), "format", List.of("iceberg"), List.of());
  }

  private void choose(
      Declaration section, String key, List<String> available, List<String> declarable) {
    section
        .word(key)
        .filter(word -> !available.contains(word.text()))
        .ifPresent(
            word -> {
              if (declarable.contains(word.text())) {
                problems.unavailable(word);
              } else {
                List<String> known = new ArrayList<>(available);
                known.addAll(declarable);
                problems.invalid(word, "one of " + String.join(", ", known) + " is wanted");
              }
            });
  }

  private Optional<PipelineName> name(Word word) {
    try {
      return Optional.of(new PipelineName(word.text()));
    } catch (IllegalArgumentException e) {
      problems.invalid(word, "lower case letters, digits and hyphens, first a letter, at most 63");
      return Optional.empty();
    }
  }

  private Optional<Word> contractFile() {
    Optional<Word> word = declaration.section("ingestion").required("contract", problems);
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

  private double rejectBudget() {
    Optional<Word> rate = declaration.section("ingestion").section("reject_budget").word("rate");
    rate.filter(word -> !word.isShare())
        .ifPresent(word -> problems.invalid(word, "a share from 0 to 1 is wanted"));
    return rate.map(Word::number).orElse(DEFAULT_REJECT_BUDGET);
  }

  private StorageLocation location() {
    Optional<Word> path = declaration.section("storage").word("path");
    if (path.isEmpty()) {
      return new StorageLocation.CatalogDefault();
    }
    try {
      String prefix = path.get().text().replaceAll("/+$", "");
      return new StorageLocation.Declared(ObjectName.parse(prefix));
    } catch (IllegalArgumentException e) {
      problems.invalid(path.get(), "s3://bucket/prefix/ is wanted");
      return new StorageLocation.CatalogDefault();
    }
  }

  private static Contract contract(Word file, Function<String, Optional<String>> contracts) {
    String json =
        contracts
            .apply(file.text())
            .orElseThrow(
                () ->
                    new ConfigurationFailure(
                        "Contract does not exist: %s (%s)".formatted(file.text(), file.path())));
    return Contract.parse(json, file.text());
  }

  private FieldPath eventTime(Contract contract, Word word) {
    Optional<ContractField> field = ContractFields.find(contract, word.text(), word, problems);
    field
        .filter(found -> !EVENT_TIMES.contains(found.typeName()))
        .ifPresent(
            found ->
                problems.invalid(
                    word, "a " + found.typeName() + "; a timestamp or date is wanted"));
    problems.throwIfAny();
    return field.orElseThrow().path();
  }

  private List<FieldPath> key(Contract contract, List<Word> words) {
    List<FieldPath> key = new ArrayList<>();
    for (Word word : words) {
      ContractField field = ContractFields.find(contract, word.text(), word, problems).orElse(null);
      if (field == null) {
        continue;
      }
      if (!field.isPrimitive()) {
        problems.invalid(word, "a " + field.typeName() + "; a single value is wanted");
      } else if (field.nullable()) {
        problems.invalid(word, "it may be null, and a key may not");
      } else if (key.contains(field.path())) {
        problems.invalid(word, "it is part of the key already");
      }
      key.add(field.path());
    }
    return key;
  }
}
