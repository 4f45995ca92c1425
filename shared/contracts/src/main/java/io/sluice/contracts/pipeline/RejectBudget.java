package io.sluice.contracts.pipeline;

import io.sluice.core.batch.LandCounts;
import java.util.Locale;
import java.util.Optional;

/**
 * How many records of a batch may be rejected; above either the batch is held.
 *
 * @param rate the share of the records that were read, 0 to 1
 * @param count how many, however many were read
 */
public record RejectBudget(double rate, long count) {
  /** One in twenty, in any number, unless something else is declared. */
  public static final RejectBudget DEFAULT = new RejectBudget(0.05, Long.MAX_VALUE);

  /** Why a batch of these counts is held; empty when it is within the budget. */
  public Optional<String> exceededBy(LandCounts counts) {
    if (counts.rejected() > rate * counts.read()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%d of %d records are rejected, the budget is %.4g of them",
              counts.rejected(),
              counts.read(),
              rate));
    }
    return counts.rejected() > count
        ? Optional.of(counts.rejected() + " records are rejected, the budget is " + count)
        : Optional.empty();
  }
}
