package io.sluice.iceberg.table;

import static java.util.stream.Collectors.joining;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.UnknownFieldsJson;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.id.BatchId;
import io.sluice.core.port.AuditedTable.Origin;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.iceberg.merge.Merge;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;

/**
 * A merge whose files are written, and that nobody sees yet.
 *
 * @param head what it was merged on
 * @param conflicts what the summary says of the file of conflicting records
 */
record Staged(
    OptionalLong head,
    List<LandedBatch> batches,
    Merge.Result result,
    Map<String, String> conflicts)
    implements StagedMerge {

  /** What files of a merge are named after: what goes in, and on what it stands. */
  static String operation(List<LandedBatch> batches, OptionalLong head) {
    String ids = batches.stream().map(batch -> batch.id().value()).sorted().collect(joining());
    return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.US_ASCII))
        + "-"
        + Long.toHexString(head.orElse(0));
  }

  @Override
  public Map<BatchId, BatchAccount> accounts() {
    return result.accounts();
  }

  /**
   * The snapshot that it is to become, with all that the summary has to say.
   *
   * @param code the version of the code that commits
   */
  SnapshotUpdate<?> update(Table table, Pipeline pipeline, String code, Withheld withheld) {
    SnapshotUpdate<?> update = new FileUpdate(table, accounts().keySet()).of(result, head);
    update.set(Summaries.CODE, code);
    update.set(Summaries.CONTRACT, pipeline.contract().fingerprint());
    if (batches.stream().anyMatch(batch -> withheld.released().containsKey(batch.id()))) {
      update.set(Summaries.ORIGIN, Origin.RELEASED.name().toLowerCase(Locale.ROOT));
    }
    result.notes().forEach(update::set);
    conflicts.forEach(update::set);
    List<Map<String, Long>> unknown =
        batches.stream()
            .map(batch -> batch.manifest().unknown())
            .filter(counts -> !counts.isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      update.set(Summaries.UNKNOWN, UnknownFieldsJson.write(unknown));
    }
    for (LandedBatch batch : batches) {
      BatchAccount account = Objects.requireNonNull(accounts().get(batch.id()));
      update.set(Summaries.batchKey(batch.id()), account.toText());
      update.set(Summaries.manifestKey(batch.id()), batch.manifestName().toString());
    }
    return update;
  }
}
