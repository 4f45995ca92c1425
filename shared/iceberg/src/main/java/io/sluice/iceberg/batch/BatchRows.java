package io.sluice.iceberg.batch;

import io.sluice.contracts.wire.Manifests;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.Decision;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Ruling;
import io.sluice.core.gate.Settlement;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.branch.Summaries;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** Makes the rows of batches out of what the lake says of them. */
final class BatchRows {
  /** What is counted of a batch; of all but the first two nothing is known before it is curated. */
  static final List<String> COUNTS = List.copyOf(BatchAccount.NONE.byName().keySet());

  private final Schema schema;
  private final BatchFates fates;
  private final Manifests manifests;
  private final Verdicts verdicts;
  private final Map<SnapshotId, Optional<GateVerdict>> known = new HashMap<>();

  /** Rows of {@code schema} for batches of {@code pipeline} that stand as {@code fates} says. */
  BatchRows(
      Schema schema, BatchFates fates, PipelineName pipeline, ObjectStore store, Layout layout) {
    this.schema = schema;
    this.fates = fates;
    this.manifests = new Manifests(store);
    this.verdicts = new Verdicts(pipeline, store, layout);
  }

  /** The row of the batch whose manifest has this name. */
  Record row(ObjectName name, Manifest manifest) {
    Record row = GenericRecord.create(schema);
    row.setField(BatchShape.BATCH, manifest.batch().value());
    row.setField("source", manifest.source().name().toString());
    row.setField("source_version", manifest.source().version());
    row.setField("source_modified", time(manifest.sourceModified()));
    row.setField(BatchShape.LANDED_AT, time(manifest.landedAt()));
    row.setField("contract", manifest.contract());
    row.setField("code", manifest.code());
    row.setField("bytes_in", manifest.sourceBytes());
    row.setField("bytes_raw", manifest.raw().stream().mapToLong(StoredFile::sizeBytes).sum());
    row.setField("read", manifest.counts().read());
    row.setField("rejected", manifest.counts().rejected());
    Optional<Snapshot> commit = fates.commit(manifest.batch());
    if (commit.isPresent()) {
      committed(row, manifest, commit.get());
    } else {
      absent(row, name, manifest);
    }
    return row;
  }

  private void committed(Record row, Manifest manifest, Snapshot commit) {
    BatchAccount account = Summaries.read(commit).accounts().get(manifest.batch());
    if (account != null) {
      account.byName().forEach(row::setField);
    }
    row.setField("curated_at", time(Instant.ofEpochMilli(commit.timestampMillis())));
    Optional<GateVerdict> verdict = judged(row, new SnapshotId(commit.snapshotId()));
    Optional<Instant> published = fates.published(commit);
    published.ifPresent(at -> row.setField("published_at", time(at)));
    boolean isHalted = verdict.filter(each -> each.outcome() == GateOutcome.HALTED).isPresent();
    status(
        row,
        published.isPresent()
            ? BatchStatus.PUBLISHED
            : isHalted ? BatchStatus.HALTED : BatchStatus.AUDITED);
  }

  private void absent(Record row, ObjectName name, Manifest manifest) {
    Optional<SnapshotId> waiting = fates.waiting(manifest.batch());
    Optional<SnapshotId> discarded = fates.discarded(manifest.batch());
    if (waiting.isPresent()) {
      judged(row, waiting.get());
      status(row, BatchStatus.QUARANTINED);
    } else if (discarded.isPresent()) {
      judged(row, discarded.get());
      status(row, BatchStatus.DISCARDED);
      verdicts
          .settlement(discarded.get(), manifest.batch())
          .map(Settlement::decision)
          .ifPresent(decision -> decided(row, decision));
    } else {
      landed(row, name, manifest.status());
    }
  }

  private void landed(Record row, ObjectName name, LandStatus landed) {
    switch (landed) {
      case LandStatus.Accepted ignored -> status(row, BatchStatus.LANDED);
      case LandStatus.Held held when manifests.release(name).isPresent() ->
          status(row, BatchStatus.LANDED);
      case LandStatus.Held held -> {
        status(row, BatchStatus.HELD);
        row.setField("status_reason", held.reason());
      }
      case LandStatus.Rejected rejected -> {
        status(row, BatchStatus.REJECTED);
        row.setField("status_reason", rejected.reason());
      }
    }
  }

  /** Puts the verdict on {@code snapshot} into the row, if there is one. */
  private Optional<GateVerdict> judged(Record row, SnapshotId snapshot) {
    row.setField("snapshot", snapshot.value());
    Optional<GateVerdict> verdict = known.computeIfAbsent(snapshot, verdicts::find);
    verdict.ifPresent(
        found -> {
          row.setField("judged_at", time(found.judgedAt()));
          row.setField("judgement", found.judgement());
          row.setField("score", found.score());
          row.setField(BatchShape.GATES, found.results().stream().map(this::gate).toList());
        });
    return verdict;
  }

  private Record gate(GateResult result) {
    Types.ListType gates = schema.findField(BatchShape.GATES).type().asListType();
    Record gate = GenericRecord.create(gates.elementType().asStructType());
    gate.setField("name", result.terms().name());
    gate.setField("metric", result.terms().metric());
    gate.setField("layer", result.terms().layer().word());
    gate.setField("severity", result.terms().severity().word());
    gate.setField("action", result.terms().action().word());
    Bounds bounds = result.terms().bounds();
    if (bounds.hasLeast()) {
      gate.setField("min", bounds.least());
    }
    if (bounds.hasMost()) {
      gate.setField("max", bounds.most());
    }
    switch (result.measurement()) {
      case Measurement.Known measured -> {
        gate.setField("value", measured.value());
        gate.setField("baseline", measured.basis());
      }
      case Measurement.Unknown unknown -> gate.setField("baseline", unknown.reason());
      case Measurement.Nothing nothing -> gate.setField("baseline", nothing.reason());
    }
    switch (result.ruling()) {
      case Ruling.Passed ignored -> gate.setField("ruling", "passed");
      case Ruling.Failed ignored -> gate.setField("ruling", "failed");
      case Ruling.Accepted accepted -> {
        gate.setField("ruling", "accepted");
        gate.setField("accepted_by", accepted.decision().by());
        gate.setField("accepted_for", accepted.decision().reason());
      }
    }
    return gate;
  }

  private static void decided(Record row, Decision decision) {
    row.setField("status_reason", decision.reason());
    row.setField("status_by", decision.by());
  }

  private static void status(Record row, BatchStatus status) {
    row.setField(BatchShape.STATUS, status.word());
  }

  /** As precise as the column keeps it, so that a row made again equals the one that is stored. */
  private static OffsetDateTime time(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
