package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Deletes;
import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.core.batch.LandedBatch;
import io.sluice.formats.change.Operation;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.merge.FileChanges.Replaced;
import io.sluice.iceberg.merge.KeyState.Place;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * A merge in which the later record of a key stays, of one part of the keys. Four passes bound its
 * memory by these: the keys; their rows in the table; what becomes of every record; and writing
 * those that stay. What stays of the files whose rows give way is written when all parts are done.
 */
final class ReplacingMerge {
  private final MergeTarget target;
  private final RawBatches raw;
  private final KeyPart part;
  private final BatchKeys keys;
  private final Tombstones tombstones;
  private final KeyStates states;
  private final boolean keepsDeleted;
  private final FateCounts counts;
  private final AtomicLong keptRows = new AtomicLong();

  private ReplacingMerge(
      MergeTarget target, RawBatches raw, KeyPart part, Tombstones tombstones, FateCounts counts)
      throws IOException {
    this.target = target;
    this.raw = raw;
    this.part = part;
    this.counts = counts;
    this.keys = BatchKeys.read(target, raw, part);
    this.tombstones = tombstones;
    this.states = new KeyStates(keys.index(), target.policy().deletes(), tombstones.truncation());
    this.keepsDeleted = target.policy().deletes() == Deletes.SOFT;
  }

  /** Merges one part of the keys after the other. */
  static Merge.Result run(MergeTarget target, RawBatches raw, List<KeyPart> parts)
      throws IOException {
    FateCounts counts = new FateCounts();
    Tombstones tombstones = new Tombstones(target.table(), target.head());
    @Nullable Version truncation = null;
    long offAccount = 0;
    @Nullable FileChanges changes = null;
    try (RowFiles rows = new RowFiles(target.table(), target.operation(), raw.count())) {
      for (KeyPart part : parts) {
        ReplacingMerge merge = new ReplacingMerge(target, raw, part, tombstones, counts);
        if (changes == null && target.head().isPresent()) {
          changes = new FileChanges(target.table(), target.files(merge.keys));
        }
        merge.run(changes, rows);
        offAccount += merge.offAccount();
        truncation = merge.states.truncation();
      }
      Replaced replaced =
          changes == null
              ? Replaced.NOTHING
              : changes.write(target.pipeline().storage().rowChanges(), rows, target.operation());
      Map<String, String> notes = new TreeMap<>();
      if (isOfChanges(target)) {
        notes.putAll(tombstones.notes(truncation));
      }
      notes.put(Summaries.OFF_ACCOUNT, Long.toString(offAccount + replaced.offAccount()));
      return new Merge.Result(rows.finish(), replaced, counts.accounts(raw.batches()), notes);
    }
  }

  private static boolean isOfChanges(MergeTarget target) {
    return target.policy().mode() == Mode.CDC;
  }

  private void run(@Nullable FileChanges changes, RowFiles rows) throws IOException {
    if (changes != null) {
      readTable(changes.files());
    }
    decide();
    if (changes != null) {
      replace(changes);
    }
    write(rows);
    if (isOfChanges(target)) {
      tombstones.keep(states, part, target.operation());
    }
  }

  private void readTable(TableFiles files) throws IOException {
    tombstones.read(
        (key, deletion) -> {
          int number = keys.index().find(key);
          if (number >= 0) {
            states.foundDeletion(number, deletion);
          }
        });
    List<String> more = new ArrayList<>(VersionReader.columns(target.schema(), target.declared()));
    more.add(TableShape.HASH);
    KeyLookup lookup = new KeyLookup(target, files, keys, more);
    int hash = RowStamp.position(lookup.columns(), TableShape.HASH);
    lookup.run(
        file -> {
          VersionReader versions = new VersionReader(lookup.columns(), target.declared());
          return (number, row, position) -> {
            Fingerprint content = Fingerprint.of((byte[]) row.get(hash));
            states.found(number, state(row, versions, content, file, position));
          };
        });
  }

  private KeyState state(
      Record row, VersionReader versions, Fingerprint content, int file, long position) {
    KeyState state = new KeyState();
    state.row = versions.ofRow(row);
    state.content = content;
    state.deleted = versions.deletionOf(row).orElse(null);
    state.live = state.deleted == null;
    state.place = new Place(file, position, state.row, state.live);
    return state;
  }

  private void decide() throws IOException {
    Fingerprinter fingerprinter = new Fingerprinter(raw.schema(), target.key());
    VersionReader versions = new VersionReader(raw.schema(), target.declared());
    raw.read(
        raw.schema(),
        (batch, row) -> {
          Fate fate = fate(batch, row, fingerprinter, versions);
          if (fate != null) {
            counts.add(batch, fate);
          }
        });
    states.settle();
  }

  /** What becomes of a record; null where another part says so. */
  private @Nullable Fate fate(
      LandedBatch batch, Record row, Fingerprinter fingerprinter, VersionReader versions) {
    Operation operation = raw.operation(row, batch);
    if (operation == Operation.TRUNCATE) {
      Fate fate = states.truncate(versions.ofDeletion(row, batch));
      return part.isFirst() ? fate : null;
    }
    Fingerprint key = fingerprinter.key(row);
    if (!part.has(key)) {
      return null;
    }
    return operation == Operation.DELETE
        ? states.delete(key, versions.ofDeletion(row, batch))
        : states.put(key, versions.ofRecord(row, batch), fingerprinter.content(row));
  }

  private void replace(FileChanges changes) {
    states.forEach(
        state -> {
          Place place = state.place;
          if (place != null && state.isStale()) {
            Version deletion = deletion(state);
            if (keepsDeleted && deletion != null && !state.isNew()) {
              changes.keepAsDeleted(place.file(), place.position(), deletion);
            } else {
              changes.drop(place.file(), place.position());
            }
          }
        });
    if (keys.truncates()) {
      truncate(changes.files(), changes);
    }
  }

  /** The rows of keys that no record names, which a truncation takes with it. */
  private void truncate(TableFiles files, FileChanges changes) {
    Version truncation = states.truncation();
    if (truncation == null) {
      return;
    }
    Schema columns = target.select(VersionReader.columns(target.schema(), target.declared()));
    files.each(
        file -> {
          Fingerprinter fingerprinter = new Fingerprinter(columns, target.key());
          VersionReader versions = new VersionReader(columns, target.declared());
          files.read(
              file,
              columns,
              Expressions.alwaysTrue(),
              (row, position) -> {
                Fingerprint key = fingerprinter.key(row);
                if (part.has(key)
                    && versions.deletionOf(row).isEmpty()
                    && states.isTruncated(versions.ofRow(row))
                    && keys.index().find(key) < 0) {
                  states.countTruncated();
                  if (keepsDeleted) {
                    keptRows.incrementAndGet();
                    changes.keepAsDeleted(file, position, truncation);
                  } else {
                    changes.drop(file, position);
                  }
                }
              });
        });
  }

  private void write(RowFiles rows) throws IOException {
    Fingerprinter fingerprinter = new Fingerprinter(raw.schema(), target.key());
    RowStamp stamp = new RowStamp(raw.schema());
    int ordinal = RowStamp.position(raw.schema(), TableShape.ORDINAL);
    raw.read(
        raw.schema(),
        (batch, row) -> {
          switch (raw.operation(row, batch)) {
            case CREATE, READ, UPDATE -> {
              KeyState state =
                  states.rowOf(fingerprinter.key(row), batch.id().value(), (Long) row.get(ordinal));
              if (state != null && state.content != null) {
                stamp.put(row, batch, state.content);
                Version deletion = deletion(state);
                if (deletion != null) {
                  FileChanges.markDeleted(raw.schema(), row, deletion);
                }
                rows.add(row);
              }
            }
            case DELETE, TRUNCATE -> {}
          }
        });
  }

  /** The deletion that the row of {@code state} has come under. */
  private @Nullable Version deletion(KeyState state) {
    if (state.live) {
      return null;
    }
    Version truncation = states.truncation();
    return truncation == null || (state.deleted != null && state.deleted.isAfter(truncation))
        ? state.deleted
        : truncation;
  }

  /** By how many rows the part makes the table grow beside the accounts. */
  private long offAccount() {
    states.forEach(
        state -> {
          boolean stays = keepsDeleted || (state.place != null && !state.isStale());
          keptRows.addAndGet(stays && state.row != null && !state.live ? 1 : 0);
          keptRows.addAndGet(state.place != null && !state.place.live() ? -1 : 0);
        });
    long truncations = part.isFirst() ? states.truncations() : 0;
    return keptRows.get() - states.truncatedRows() + truncations;
  }
}
