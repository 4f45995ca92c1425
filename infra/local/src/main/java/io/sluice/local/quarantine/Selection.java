package io.sluice.local.quarantine;

import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.RecordError;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import java.util.Set;

/**
 * Which rejected records are meant: those that every part of it covers. An empty part covers all.
 *
 * @param code of an error of the record
 * @param path of the same error, elements of arrays as {@code []}
 */
public record Selection(
    Set<QuarantineStatus> statuses, String code, String path, String batch, Set<String> ids) {
  /** Copies the sets. */
  public Selection {
    statuses = Set.copyOf(statuses);
    ids = Set.copyOf(ids);
  }

  /** Whether {@code entry} is meant. */
  public boolean covers(QuarantineEntry entry) {
    return (statuses.isEmpty() || statuses.contains(entry.status()))
        && (batch.isEmpty() || entry.quarantined().origin().batch().value().equals(batch))
        && (ids.isEmpty() || ids.contains(entry.id()))
        && entry.quarantined().record().errors().stream().anyMatch(this::covers);
  }

  private boolean covers(RecordError error) {
    return (code.isEmpty() || error.code().equals(code))
        && (path.isEmpty() || error.path().equals(path) || Column.path(error).equals(path));
  }
}
