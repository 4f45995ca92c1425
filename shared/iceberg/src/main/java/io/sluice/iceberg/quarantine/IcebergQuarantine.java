package io.sluice.iceberg.quarantine;

import static java.util.stream.Collectors.joining;

import io.sluice.contracts.pipeline.MergePolicy.OnConflict;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Replay;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.QuarantineTable;
import io.sluice.iceberg.branch.ExactCommits;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.merge.RawRows;
import io.sluice.iceberg.merge.RowFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;

/** The table of one pipeline's rejected records, for who changes it. */
public final class IcebergQuarantine implements QuarantineTable {
  private final Supplier<Table> tables;
  private final Supplier<Optional<Table>> existing;
  private final OnConflict onConflict;
  private final String code;

  /**
   * The table that {@code tables} opens, or makes, when it is first needed.
   *
   * @param existing opens it if it is there
   * @param onConflict whether snapshots have conflicts that belong here
   * @param code the version of the code that commits, for the snapshots' summaries
   */
  public IcebergQuarantine(
      Supplier<Table> tables,
      Supplier<Optional<Table>> existing,
      OnConflict onConflict,
      String code) {
    this.tables = tables;
    this.existing = existing;
    this.onConflict = onConflict;
    this.code = code;
  }

  @Override
  public void keep(List<LandedBatch> batches) {
    Table table = tables.get();
    new ExactCommits(table)
        .commit(
            (ancestry, head) -> {
              List<LandedBatch> open =
                  batches.stream()
                      .filter(batch -> !isIn(ancestry, Summaries.batchKey(batch.id())))
                      .toList();
              return open.isEmpty() ? Optional.empty() : Optional.of(append(table, open, head));
            });
  }

  @Override
  public void keepConflicts(
      SnapshotId snapshot, List<LandedBatch> batches, List<StoredFile> conflicts) {
    Map<String, LandedBatch> own = new HashMap<>();
    batches.stream()
        .filter(batch -> !batch.isReplay())
        .forEach(batch -> own.put(batch.id().value(), batch));
    if (own.isEmpty() || (conflicts.isEmpty() && onConflict != OnConflict.QUARANTINE)) {
      return;
    }
    Optional<Table> table = conflicts.isEmpty() ? existing.get() : Optional.of(tables.get());
    table.ifPresent(
        there -> keepConflicts(there, new ConflictRows(there, snapshot, own, conflicts)));
  }

  private void keepConflicts(Table table, ConflictRows rows) {
    ExactCommits commits = new ExactCommits(table);
    commits.commit(
        (ancestry, head) -> {
          Optional<RowChange> change = rows.changed(ancestry);
          return change.isEmpty() ? Optional.empty() : overwrite(table, change.get(), head);
        });
    commits.commit(
        (ancestry, head) ->
            rows.added(ancestry, head).map(append -> append.set(Summaries.CODE, code)));
  }

  @Override
  public void settle(LandedBatch replay, List<StoredFile> conflicts) {
    Table table = tables.get();
    Map<Long, Record> failures = new HashMap<>();
    replay.manifest().quarantine().forEach(file -> failures(table, replay, file, failures));
    conflicts.forEach(file -> failures(table, replay, file, failures));
    change(
        table,
        new Settlement(replay, replayed(table, replay.manifest().source().name()), failures));
  }

  /**
   * Says that the records {@code ids} are not wanted, and why. What was settled before is left as
   * it is.
   */
  public void discard(Set<String> ids, String reason, Instant at) {
    change(tables.get(), new Discard(ids, reason, at));
  }

  private AppendFiles append(Table table, List<LandedBatch> batches, OptionalLong head)
      throws IOException {
    AppendFiles append = table.newAppend().set(Summaries.CODE, code);
    RawRows quarantined = new RawRows(table.io(), table.schema());
    long rejected = batches.stream().mapToLong(b -> b.manifest().counts().rejected()).sum();
    String ids = batches.stream().map(batch -> batch.id().value()).collect(joining());
    try (RowFiles files = new RowFiles(table, operation(ids, head), rejected)) {
      for (LandedBatch batch : batches) {
        for (StoredFile file : batch.manifest().quarantine()) {
          copy(quarantined, table.schema(), file, files);
        }
        append.set(
            Summaries.batchKey(batch.id()), "rejected=" + batch.manifest().counts().rejected());
      }
      files.finish().forEach(append::appendFile);
    }
    return append;
  }

  private static void copy(RawRows rows, Schema schema, StoredFile file, RowFiles files)
      throws IOException {
    long copied = 0;
    try (CloseableIterable<Record> records = rows.read(file, schema)) {
      for (Record record : records) {
        files.add(record);
        copied++;
      }
    } catch (NotFoundException e) {
      throw new InvalidMessage("Quarantine file does not exist: " + file.name(), e);
    }
    if (copied != file.rows()) {
      throw new InvalidMessage(
          "Invalid quarantine file: %s holds %d records, its manifest says %d"
              .formatted(file.name(), copied, file.rows()));
    }
  }

  private void change(Table table, RowChange change) {
    new ExactCommits(table)
        .commit(
            (ancestry, head) -> {
              if (isIn(ancestry, change.summaryKey(), change.summaryValue())) {
                return Optional.empty();
              }
              return overwrite(table, change, head);
            });
  }

  private Optional<OverwriteFiles> overwrite(Table table, RowChange change, OptionalLong head)
      throws IOException {
    return new Rewrite(table, change)
        .run(operation(change.summaryValue(), head))
        .map(
            files ->
                files.set(Summaries.CODE, code).set(change.summaryKey(), change.summaryValue()));
  }

  private static boolean isIn(List<Snapshot> ancestry, String key) {
    return ancestry.stream().anyMatch(snapshot -> snapshot.summary().containsKey(key));
  }

  /** Whether the latest that is said under {@code key} is {@code value}. */
  private static boolean isIn(List<Snapshot> ancestry, String key, String value) {
    return ancestry.stream()
        .filter(snapshot -> snapshot.summary().containsKey(key))
        .findFirst()
        .filter(latest -> value.equals(latest.summary().get(key)))
        .isPresent();
  }

  private static Replay replayed(Table table, ObjectName source) {
    try (InputStream in = table.io().newInputFile(source.toString()).newStream()) {
      return ReplayJson.read(in.readNBytes(ReplayJson.MAX_BYTES + 1));
    } catch (NotFoundException e) {
      throw new InvalidMessage("Replay does not exist: " + source, e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + source + ": " + e.getMessage(), e);
    }
  }

  /** Adds the rows of {@code file} that are of {@code replay}, by their ordinals. */
  private static void failures(
      Table table, LandedBatch replay, StoredFile file, Map<Long, Record> failures) {
    RawRows quarantined = new RawRows(table.io(), QuarantineRow.SCHEMA);
    Schema columns =
        QuarantineRow.SCHEMA.select(
            QuarantineShape.BATCH,
            QuarantineShape.ORDINAL,
            QuarantineShape.ERROR_CLASS,
            QuarantineShape.ERRORS,
            QuarantineShape.CONTRACT,
            QuarantineShape.CODE);
    try (CloseableIterable<Record> records = quarantined.read(file, columns)) {
      for (Record record : records) {
        if (QuarantineRow.batch(record).equals(replay.id().value())) {
          failures.put((Long) record.getField(QuarantineShape.ORDINAL), record.copy());
        }
      }
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + file.name() + ": " + e.getMessage(), e);
    }
  }

  /** What files are named after: the change, and on what it stands. */
  static String operation(String change, OptionalLong head) {
    return UUID.nameUUIDFromBytes(change.getBytes(StandardCharsets.UTF_8))
        + "-"
        + Long.toHexString(head.orElse(0));
  }
}
