package io.sluice.iceberg.audit;

import io.sluice.core.batch.BatchAccount;
import java.util.List;

/**
 * What an audit came to.
 *
 * @param pending batches that are landed or were withheld, and are in no published snapshot: no
 *     fault, but not done
 * @param total the accounts of all batches on audit together
 */
public record AuditReport(
    long batches,
    long snapshots,
    long rows,
    BatchAccount total,
    List<String> pending,
    List<Finding> findings) {
  /** Copies the lists. */
  public AuditReport {
    pending = List.copyOf(pending);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return findings.isEmpty();
  }
}
