package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.PipelineName;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code pipeline.yaml} and holds it against its contract. What it does not know, or what
 * this version cannot do and would change results, it refuses; keys that only describe are checked
 * for their type.
 */
public final class PipelineReader {
  private static final Shape WHOLE =
      new Shape.Section(
          Map.of(
              "pipeline",
              new Shape.Section(
                  Map.of(
                      "name",
                      Shape.TEXT,
                      "version",
                      Shape.TEXT,
                      "owner",
                      Shape.TEXT,
                      "sla",
                      new Shape.Section(
                          Map.of("freshness", Shape.TEXT, "availability", Shape.TEXT)))),
              "ingestion",
              IngestionReader.SHAPE,
              "transformation",
              TransformationReader.SHAPE,
              "quality",
              new Shape.Section(Map.of("gates", GateReader.SHAPE)),
              "storage",
              StorageReader.SHAPE,
              "observability",
              new Shape.Section(
                  Map.of(
                      "metrics",
                      Shape.TEXTS,
                      "alerts",
                      new Shape.Section(Map.of("slack", Shape.TEXT, "pagerduty", Shape.FLAG))))));

  private final Problems problems;
  private final Declaration declaration;

  private PipelineReader(String yaml, String fileName) {
    problems = new Problems(fileName);
    declaration = Declaration.read(yaml, WHOLE, problems);
  }

  /**
   * Reads a declaration.
   *
   * @param fileName what the declaration is called in errors
   * @param contracts the texts of contracts, from files and registries
   * @throws ConfigurationFailure with one sentence per problem, a line each
   */
  public static Pipeline read(String yaml, String fileName, ContractTexts contracts) {
    return new PipelineReader(yaml, fileName).pipeline(contracts);
  }

  private Pipeline pipeline(ContractTexts contracts) {
    Declaration head = declaration.section("pipeline");
    Optional<PipelineName> name = head.required("name", problems).flatMap(this::name);
    IngestionReader ingestionReader =
        new IngestionReader(declaration.section("ingestion"), problems);
    Optional<Word> contractName = ingestionReader.contractName();
    ingestionReader.check();
    TransformationReader transformation =
        new TransformationReader(declaration.section("transformation"), problems);
    transformation.check();
    Storage storage = new StorageReader(declaration.section("storage"), problems).read();
    problems.throwIfAny();

    Contract schema = contract(contractName.orElseThrow(), ingestionReader, contracts);
    Contract contract =
        schema
            .withRules(ingestionReader.rules(schema))
            .withUnknown(ingestionReader.unknownFields());
    Transformation rows = transformation.read(contract);
    Pipeline pipeline =
        new Pipeline(
            name.orElseThrow(),
            head.word("version").map(Word::text).orElse("1"),
            head.word("owner").map(Word::text).orElse(""),
            contract,
            ingestionReader.read(contract),
            rows,
            new GateReader(contract, rows.eventTime(), problems)
                .read(declaration.section("quality").sections("gates")),
            storage);
    problems.throwIfAny();
    return pipeline;
  }

  private Optional<PipelineName> name(Word word) {
    try {
      return Optional.of(new PipelineName(word.text()));
    } catch (IllegalArgumentException e) {
      problems.invalid(word, "lower case letters, digits and hyphens, first a letter, at most 63");
      return Optional.empty();
    }
  }

  private static Contract contract(Word name, IngestionReader ingestion, ContractTexts contracts) {
    String json =
        ingestion
            .contractText(name, contracts)
            .orElseThrow(
                () ->
                    new ConfigurationFailure(
                        "Contract does not exist: %s (%s)".formatted(name.text(), name.path())));
    return Contract.parse(json, name.text());
  }
}
