package io.sluice.contracts.pipeline;

import io.sluice.contracts.registry.Subject;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.Optional;

/** Where the texts of contracts come from. */
@FunctionalInterface
public interface ContractTexts {
  /** What lies beside the declaration under that name. */
  Optional<String> file(String name);

  /**
   * What a registry has.
   *
   * @param registry its address, or {@code objects} for the lake itself, or one of Glue
   * @throws ConfigurationFailure when this reader of declarations asks none
   */
  default Optional<String> registered(Subject subject, String registry) {
    throw new ConfigurationFailure(
        "Cannot read contract " + subject + ": the registry " + registry + " is not asked here");
  }
}
