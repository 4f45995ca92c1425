package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.gate.GateRule;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.TableName;
import java.util.List;

/**
 * One feed as it is declared, checked against its contract: every field it names exists and can
 * bear what is asked of it.
 *
 * @param version as declared, for people
 * @param gates as declared, without the rule that is always on
 */
public record Pipeline(
    PipelineName name,
    String version,
    String owner,
    Contract contract,
    Ingestion ingestion,
    Transformation transformation,
    List<GateRule> gates,
    Storage storage) {
  /** Copies the gates. */
  public Pipeline {
    gates = List.copyOf(gates);
  }

  /** The table that the pipeline fills. */
  public TableName table() {
    return TableName.curated(name);
  }
}
