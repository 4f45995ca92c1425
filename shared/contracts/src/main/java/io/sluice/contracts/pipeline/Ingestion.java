package io.sluice.contracts.pipeline;

/**
 * How records come in.
 *
 * @param rejectBudget the share of a batch's records that may be rejected before the batch is held,
 *     0 to 1
 * @param limits beyond which a record or an object is refused
 */
public record Ingestion(double rejectBudget, Limits limits) {
  /** The share of rejected records above which a batch is held, unless another is declared. */
  public static final double DEFAULT_REJECT_BUDGET = 0.05;
}
