package io.sluice.simulation.feed;

import io.sluice.contracts.pipeline.ContractTexts;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.contracts.registry.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pipeline as it is declared.
 *
 * @param hasRule whether a rule forbids amounts below 0
 */
public record Declared(Kind kind, Gates gates, boolean hasRule) {
  /** The name of every pipeline here. */
  public static final String NAME = "feed";

  private static final String CONTRACT =
      """
      {"type": "record", "name": "Feed", "fields": [
        {"name": "id", "type": "string"},
        {"name": "region", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "amount", "type": ["null", "double"], "default": null}]}
      """;

  /** The same without the rule. */
  public Declared mended() {
    return new Declared(kind, gates, false);
  }

  private String yaml() {
    StringBuilder yaml = new StringBuilder("pipeline: { name: feed }\ningestion:\n");
    yaml.append(kind.isOfChanges() ? "  format: debezium\n" : "  format: ndjson\n")
        .append("  contract: contract.avsc\n  reject_budget: { rate: 0.5 }\n");
    if (hasRule) {
      yaml.append("  rules:\n    - { field: amount, range: { min: 0 } }\n");
    }
    yaml.append("transformation:\n  idempotency_key: [id]\n  event_time: at\n")
        .append(kind.transformation().indent(2))
        .append("storage:\n  format: iceberg\n")
        .append(kind.storage().indent(2))
        .append(gates.yaml());
    return yaml.toString();
  }

  /** Reads pipelines, each once: reading them takes longer than anything that is done with them. */
  public static final class Reader {
    private final Map<Declared, Pipeline> read = new ConcurrentHashMap<>();

    /** What {@code declared} comes to. */
    public Pipeline read(Declared declared) {
      return read.computeIfAbsent(
          declared, each -> PipelineReader.read(each.yaml(), "pipeline.yaml", new Texts()));
    }
  }

  private static final class Texts implements ContractTexts {
    @Override
    public Optional<String> file(String name) {
      return Optional.of(CONTRACT);
    }

    @Override
    public Optional<String> registered(Subject subject, String registry) {
      return Optional.empty();
    }
  }
}
