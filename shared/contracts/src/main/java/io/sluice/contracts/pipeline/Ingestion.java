package io.sluice.contracts.pipeline;

import io.sluice.contracts.framing.Framing;
import io.sluice.core.id.FieldPath;
import java.util.List;

/**
 * How records come in.
 *
 * @param format of the objects, or that each tells its own
 * @param framing of each record, where the format holds them as bytes
 * @param schemaRegistry where the schemas that frames name are; empty where nothing is declared
 * @param csv how rows of cells are written, where the format is one
 * @param rejectBudget how many records of a batch may be rejected
 * @param redact fields whose values quarantine does not keep
 * @param limits beyond which a record or an object is refused
 */
public record Ingestion(
    Format format,
    Framing framing,
    String schemaRegistry,
    CsvDialect csv,
    RejectBudget rejectBudget,
    List<FieldPath> redact,
    Limits limits) {
  /** Copies the fields. */
  public Ingestion {
    redact = List.copyOf(redact);
  }
}
