package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.gate.GateRule;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.TableName;
import java.util.List;
import java.util.Optional;

/**
 * One feed as it is declared, checked against its contract: every field it names exists and can
 * bear what is asked of it.
 *
 * @param version as declared, for people
 * @param rejectBudget the share of a batch's records that may be rejected before the batch is held,
 *     0 to 1
 * @param idempotencyKey the fields that identify a record; none of them may be null
 * @param eventTime when the record happened: a timestamp or date field
 * @param gates as declared, without the rule that is always on
 */
public record Pipeline(
    PipelineName name,
    String version,
    String owner,
    Contract contract,
    double rejectBudget,
    List<FieldPath> idempotencyKey,
    FieldPath eventTime,
    OnConflict onConflict,
    List<PartitionField> partitions,
    List<GateRule> gates,
    StorageLocation location) {
  /** Copies the lists. */
  public Pipeline {
    idempotencyKey = List.copyOf(idempotencyKey);
    partitions = List.copyOf(partitions);
    gates = List.copyOf(gates);
  }

  /** The table that the pipeline fills. */
  public TableName table() {
    return TableName.curated(name);
  }

  /** Which record stays when two of the same key have other content. */
  public enum OnConflict {
    /** The one that was there first; the other is counted as conflicting. */
    KEEP_FIRST
  }

  /** Where the table's files are. */
  public sealed interface StorageLocation {
    /** Where the catalog puts it. */
    record CatalogDefault() implements StorageLocation {}

    /** Under this prefix. */
    record Declared(ObjectName prefix) implements StorageLocation {}
  }

  /** The declared location of the table's files, if there is one. */
  public Optional<ObjectName> declaredLocation() {
    return switch (location) {
      case StorageLocation.CatalogDefault ignored -> Optional.empty();
      case StorageLocation.Declared declared -> Optional.of(declared.prefix());
    };
  }
}
