package io.sluice.iceberg.merge;

import io.sluice.iceberg.scan.ColumnFile;
import io.sluice.iceberg.scan.KeyScan;
import io.sluice.iceberg.scan.PickedRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.parquet.ParquetMetricsRowGroupFilter;
import org.apache.iceberg.types.Types;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that a table has of the keys of a merge. Of a file's row groups that can hold one,
 * the key's columns are scanned; rows with the hash of a key are told apart by their fingerprints,
 * and of those that have a key the other columns are read. A file that another writer made in a way
 * that is not scanned is read row by row.
 */
final class KeyLookup {
  private final MergeTarget target;
  private final TableFiles files;
  private final BatchKeys keys;
  private final Schema columns;
  private final Schema more;
  private final Expression filter;

  /** Rows of {@code files} that have one of {@code keys}, with the columns named {@code more}. */
  KeyLookup(MergeTarget target, TableFiles files, BatchKeys keys, List<String> more) {
    this.target = target;
    this.files = files;
    this.keys = keys;
    this.columns = target.select(more);
    this.more = target.schema().select(more);
    this.filter = keys.filter(columns);
  }

  /**
   * The columns of the rows that are found: those of the key, which may be null, and the others.
   */
  Schema columns() {
    return columns;
  }

  /** Takes the rows of one file, one after the other; the row object is used again. */
  interface Sink {
    /**
     * A row that has one of the keys.
     *
     * @param key the key's number
     */
    void row(int key, Record row, long position);
  }

  /** Hands the rows to the sinks of their files' numbers; several threads, a file by one. */
  void run(Function<Integer, Sink> sinks) {
    files.each(
        file -> {
          Sink sink = sinks.apply(file);
          if (!scan(files.file(file), sink)) {
            read(file, sink);
          }
        });
  }

  private void read(int file, Sink sink) {
    Fingerprinter fingerprinter = new Fingerprinter(columns, target.key());
    files.read(
        file,
        columns,
        filter,
        (row, position) -> {
          int number = keys.find(fingerprinter.key(row));
          if (number >= 0) {
            sink.row(number, row, position);
          }
        });
  }

  /** Whether the file could be scanned. */
  private boolean scan(FileScanTask task, Sink sink) throws IOException {
    boolean marked =
        task.deletes().stream().allMatch(file -> file.content() == FileContent.POSITION_DELETES);
    if (!keys.areHashed() || !keys.isKnownIn(task) || !marked) {
      return false;
    }
    try (ColumnFile file = ColumnFile.open(target.table().io().newInputFile(task.file()))) {
      Optional<KeyScan> scan = KeyScan.of(file, target.keyFields());
      Optional<PickedRows> rows = PickedRows.of(file, columns, more);
      if (!file.isOurs() || scan.isEmpty() || rows.isEmpty()) {
        return false;
      }
      new FileLookup(task, scan.get(), rows.get(), sink).run(file);
      return true;
    }
  }

  /** The lookup in one file. */
  private final class FileLookup {
    private final FileScanTask task;
    private final KeyScan scan;
    private final PickedRows picked;
    private final Sink sink;
    private final Fingerprinter fingerprinter = new Fingerprinter(columns, target.key());
    private final int[] selected = new int[KeyScan.MOST_ROWS];
    private long[] rows = new long[16];
    private int[] numbers = new int[16];
    private int found;
    private @Nullable PositionDeleteIndex gone;

    FileLookup(FileScanTask task, KeyScan scan, PickedRows picked, Sink sink) {
      this.task = task;
      this.scan = scan;
      this.picked = picked;
      this.sink = sink;
    }

    void run(ColumnFile file) throws IOException {
      ParquetMetricsRowGroupFilter canHold = new ParquetMetricsRowGroupFilter(columns, filter);
      long first = 0;
      for (int group = 0; group < file.groups().size(); group++) {
        BlockMetaData block = file.groups().get(group);
        if (canHold.shouldRead(file.schema(), block)) {
          find(group, block.getRowCount(), first);
        }
        first += block.getRowCount();
      }
    }

    private void find(int group, long groupRows, long first) throws IOException {
      found = 0;
      KnownKeys known = target.known();
      KnownKeys.Group name = name(group);
      Optional<KnownKeys.Keys> there = known.find(name);
      if (there.isPresent()) {
        find(there.get());
      } else if (known.isDue(name, groupRows, keys.hashes().size())) {
        KnownKeys.Keys all = all(group, groupRows);
        known.keep(name, all);
        find(all);
      } else if (find(group) == groupRows) {
        known.scanned(name, groupRows, keys.hashes().size());
      }
      if (found > 0) {
        leaveOutGone(first);
      }
      if (found > 0) {
        picked.read(
            group, rows, found, (index, row) -> sink.row(numbers[index], row, first + rows[index]));
      }
    }

    private KnownKeys.Group name(int group) {
      return new KnownKeys.Group(
          target.table().uuid(),
          task.file().location(),
          Objects.requireNonNullElse(task.file().fileSequenceNumber(), 0L),
          group,
          target.keyFields().stream().map(Types.NestedField::fieldId).toList(),
          target.key().within());
    }

    private void find(KnownKeys.Keys all) {
      long[] hashes = new long[selected.length];
      for (int first = 0; first < all.size(); first += hashes.length) {
        int count = Math.min(hashes.length, all.size() - first);
        all.hashes(first, count, hashes);
        int row = first;
        take(row, count, hashes, i -> all.key(row + i));
      }
    }

    private KnownKeys.Keys all(int group, long groupRows) throws IOException {
      KnownKeys.Keys all = new KnownKeys.Keys(Math.toIntExact(groupRows));
      scan.scan(
          group,
          (row, count, hashes) -> {
            for (int i = 0; i < count; i++) {
              all.add(hashes[i], fingerprint(i));
            }
          });
      return all;
    }

    /** Returns how many rows were scanned. */
    private long find(int group) throws IOException {
      AtomicLong scanned = new AtomicLong();
      scan.scan(
          group,
          keys.wanted(),
          (row, count, hashes) -> {
            scanned.addAndGet(count);
            take(row, count, hashes, this::fingerprint);
          });
      return scanned.get();
    }

    private Fingerprint fingerprint(int chunk) {
      return fingerprinter.key(scan.columns(), chunk, task.partition());
    }

    /** Takes those of some rows that have a key. */
    private void take(long row, int count, long[] hashes, IntFunction<Fingerprint> fingerprints) {
      int hits = keys.hashes().select(hashes, count, selected);
      for (int i = 0; i < hits; i++) {
        int number = keys.find(fingerprints.apply(selected[i]));
        if (number >= 0) {
          add(row + selected[i], number);
        }
      }
    }

    private void add(long row, int number) {
      if (found == rows.length) {
        rows = Arrays.copyOf(rows, 2 * found);
        numbers = Arrays.copyOf(numbers, 2 * found);
      }
      rows[found] = row;
      numbers[found++] = number;
    }

    private void leaveOutGone(long first) {
      if (task.deletes().isEmpty()) {
        return;
      }
      if (gone == null) {
        gone =
            new BaseDeleteLoader(file -> target.table().io().newInputFile(file))
                .loadPositionDeletes(task.deletes(), task.file().location());
      }
      int kept = 0;
      for (int i = 0; i < found; i++) {
        if (!gone.isDeleted(first + rows[i])) {
          rows[kept] = rows[i];
          numbers[kept++] = numbers[i];
        }
      }
      found = kept;
    }
  }
}
