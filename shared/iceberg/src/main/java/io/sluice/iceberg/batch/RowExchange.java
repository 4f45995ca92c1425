package io.sluice.iceberg.batch;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.iceberg.merge.RawRows;
import io.sluice.iceberg.merge.RowFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Puts rows in the place of those with the same batch by writing the files again that hold them. Of
 * each day, files that are still small are written again along with them, so that neither the
 * number of files nor what is copied grows with every batch.
 */
final class RowExchange {
  /** Files of at least so many rows, some 200 kB, are left alone unless one of them changes. */
  private static final long SMALL_ROWS = 1_000;

  private final Table table;
  private final RawRows stored;

  RowExchange(Table table) {
    this.table = table;
    this.stored = new RawRows(table.io(), table.schema());
  }

  /** The files exchanged; nothing when each of {@code wanted} stands there as it is. */
  Optional<OverwriteFiles> of(Map<String, Record> wanted, OptionalLong head) throws IOException {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Record> open = new TreeMap<>(wanted);
    List<DataFile> small = new ArrayList<>();
    List<DataFile> touched = new ArrayList<>();
    for (DataFile file : files(wanted)) {
      if (holdsOther(file, open)) {
        touched.add(file);
      } else if (file.recordCount() < SMALL_ROWS) {
        small.add(file);
      }
    }
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Set<Long> days = new HashSet<>();
    open.values().forEach(row -> days.add(landed(row).toLocalDate().toEpochDay()));
    small.stream()
        .filter(file -> days.contains(file.partition().get(0, Integer.class).longValue()))
        .forEach(touched::add);
    return Optional.of(exchange(touched, open, head));
  }

  /** Files of the days on which the rows landed. */
  private List<DataFile> files(Map<String, Record> wanted) throws IOException {
    List<OffsetDateTime> landed =
        wanted.values().stream()
            .map(RowExchange::landed)
            .sorted(Comparator.naturalOrder())
            .toList();
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .filter(
                Expressions.and(
                    Expressions.greaterThanOrEqual(
                        BatchShape.LANDED_AT, dayOf(landed.getFirst()).toString()),
                    Expressions.lessThan(
                        BatchShape.LANDED_AT, dayOf(landed.getLast()).plusDays(1).toString())))
            .planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    return files;
  }

  /** Whether {@code file} has a row that is to change; takes from {@code open} those that stand. */
  private boolean holdsOther(DataFile file, Map<String, Record> open) throws IOException {
    boolean holdsOther = false;
    try (CloseableIterable<Record> rows = rows(file)) {
      for (Record row : rows) {
        Record wanted = open.get(batch(row));
        if (wanted != null && !open.remove(batch(row), row)) {
          holdsOther = true;
        }
      }
    }
    return holdsOther;
  }

  private OverwriteFiles exchange(
      List<DataFile> touched, Map<String, Record> open, OptionalLong head) throws IOException {
    OverwriteFiles overwrite = table.newOverwrite();
    long most = open.size() + touched.stream().mapToLong(DataFile::recordCount).sum();
    try (RowFiles files = new RowFiles(table, operation(open, head), most)) {
      for (DataFile file : touched) {
        try (CloseableIterable<Record> rows = rows(file)) {
          for (Record row : rows) {
            if (!open.containsKey(batch(row))) {
              files.add(row);
            }
          }
        }
        overwrite.deleteFile(file);
      }
      open.values().forEach(files::add);
      files.finish().forEach(overwrite::addFile);
    }
    return overwrite;
  }

  private CloseableIterable<Record> rows(DataFile file) {
    return stored.read(
        new StoredFile(
            ObjectName.parse(file.location()), file.recordCount(), file.fileSizeInBytes()),
        table.schema());
  }

  private static String batch(Record row) {
    return String.valueOf(row.getField(BatchShape.BATCH));
  }

  private static OffsetDateTime landed(Record row) {
    return (OffsetDateTime) row.getField(BatchShape.LANDED_AT);
  }

  private static OffsetDateTime dayOf(OffsetDateTime time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }

  /** What files are named after: all that is in them. */
  private static String operation(Map<String, Record> rows, OptionalLong head) {
    return UUID.nameUUIDFromBytes(rows.toString().getBytes(StandardCharsets.UTF_8))
        + "-"
        + Long.toHexString(head.orElse(0));
  }
}
