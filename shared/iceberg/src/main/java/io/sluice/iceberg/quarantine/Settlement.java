package io.sluice.iceberg.quarantine;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.Replay;
import io.sluice.iceberg.branch.Summaries;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;

/**
 * What a replay found out: an accepted record is replayed, whatever it was called before; a
 * rejected one is still bad, unless somebody settled it meanwhile. One that the merge of a later
 * snapshot refused is still bad, too, though this very replay had it accepted in one before.
 */
final class Settlement implements RowChange {
  private static final List<String> FOUND_OUT =
      List.of(
          QuarantineShape.ERROR_CLASS,
          QuarantineShape.ERRORS,
          QuarantineShape.CONTRACT,
          QuarantineShape.CODE);

  private final LandedBatch batch;
  private final Set<String> accepted = new HashSet<>();
  private final Map<String, Record> rejected = new HashMap<>();

  /**
   * The outcome of {@code replay}, landed as {@code batch}.
   *
   * @param failures rows of its quarantine file and of the merge's conflicts, by their ordinals
   */
  Settlement(LandedBatch batch, Replay replay, Map<Long, Record> failures) {
    this.batch = batch;
    long ordinal = 0;
    for (String id : replay.ids()) {
      Record failure = failures.get(ordinal++);
      if (failure == null) {
        accepted.add(id);
      } else {
        rejected.put(id, failure);
      }
    }
  }

  @Override
  public Set<String> batches() {
    Set<String> ids = new HashSet<>(accepted);
    ids.addAll(rejected.keySet());
    return ids.stream().map(id -> id.substring(0, id.indexOf('-'))).collect(Collectors.toSet());
  }

  @Override
  public boolean concerns(Record row) {
    QuarantineStatus status = QuarantineRow.status(row);
    String id = QuarantineRow.id(row);
    if (accepted.contains(id)) {
      return status != QuarantineStatus.REPLAYED;
    }
    boolean isByThis = batch.id().value().equals(row.getField(QuarantineShape.REPLAY));
    return rejected.containsKey(id)
        && (status.isUnsettled() || (status == QuarantineStatus.REPLAYED && isByThis));
  }

  @Override
  public void apply(Record row) {
    Record failure = rejected.get(String.valueOf(row.getField(QuarantineShape.ID)));
    QuarantineStatus status =
        failure == null ? QuarantineStatus.REPLAYED : QuarantineStatus.STILL_BAD;
    row.setField(QuarantineShape.STATUS, status.word());
    row.setField(QuarantineShape.REPLAY, batch.id().value());
    row.setField(QuarantineShape.ATTEMPTS, (int) row.getField(QuarantineShape.ATTEMPTS) + 1);
    OffsetDateTime at = batch.manifest().landedAt().atOffset(ZoneOffset.UTC);
    row.setField(QuarantineShape.LAST_SEEN, at);
    row.setField(QuarantineShape.STATUS_AT, at);
    row.setField(QuarantineShape.STATUS_REASON, null);
    if (failure != null) {
      FOUND_OUT.forEach(column -> row.setField(column, failure.getField(column)));
    }
  }

  @Override
  public String summaryKey() {
    return Summaries.batchKey(batch.id());
  }

  @Override
  public String summaryValue() {
    return "replayed=" + accepted.size() + " still_bad=" + rejected.size();
  }
}
