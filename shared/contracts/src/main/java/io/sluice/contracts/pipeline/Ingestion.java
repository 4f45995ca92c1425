package io.sluice.contracts.pipeline;

/**
 * How records come in.
 *
 * @param format of the objects, or that each tells its own
 * @param csv how rows of cells are written, where the format is one
 * @param rejectBudget the share of a batch's records that may be rejected before the batch is held,
 *     0 to 1
 * @param limits beyond which a record or an object is refused
 */
public record Ingestion(Format format, CsvDialect csv, double rejectBudget, Limits limits) {
  /** The share of rejected records above which a batch is held, unless another is declared. */
  public static final double DEFAULT_REJECT_BUDGET = 0.05;
}
