package io.sluice.iceberg.merge;

import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.TypeUtil;

/** The data files of a snapshot that can hold what is looked for, and their rows. */
final class TableFiles {
  /** Reading waits for storage more than for a processor, of which a function has one or two. */
  private static final int READERS = 4;

  private final Table table;
  private final List<FileScanTask> files;

  /**
   * The files of {@code head}, in the order of their locations.
   *
   * @param bounds the columns whose bounds {@code wanted} asks for, in the snapshot's schema
   * @param filter over the columns of the snapshot's schema
   */
  TableFiles(
      Table table,
      long head,
      List<String> bounds,
      Expression filter,
      Predicate<FileScanTask> wanted)
      throws IOException {
    this.table = table;
    this.files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(head).includeColumnStats(bounds).filter(filter).planFiles()) {
      for (FileScanTask task : tasks) {
        if (wanted.test(task)) {
          files.add(task);
        }
      }
    }
    files.sort(Comparator.comparing(task -> task.file().location()));
  }

  /** How many files there are. */
  int count() {
    return files.size();
  }

  /** The file of that number, counted from 0. */
  FileScanTask file(int number) {
    return files.get(number);
  }

  /** Takes the rows of one file, one after the other; the row object is used again. */
  interface RowSink {
    void row(Record row, long position);
  }

  /** What is done with a file. */
  interface Visit {
    void of(int file) throws IOException;
  }

  /** Makes {@code visit} to every file's number; several threads do. */
  void each(Visit visit) {
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<?>> visits = new ArrayList<>();
      for (int number = 0; number < files.size(); number++) {
        int file = number;
        visits.add(
            readers.submit(
                () -> {
                  visit.of(file);
                  return file;
                }));
      }
      for (Future<?> each : visits) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("Cannot read " + table.name() + ": interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case IOException cause ->
            throw new TransientFailure(
                "Cannot read " + table.name() + ": " + cause.getMessage(), cause);
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Hands the rows of one file to {@code sink}, without those that are marked as gone. */
  void read(int file, Schema projection, Expression filter, RowSink sink) {
    FileScanTask task = files.get(file);
    Schema wanted = TypeUtil.join(projection, new Schema(MetadataColumns.ROW_POSITION));
    GenericDeleteFilter deletes = new GenericDeleteFilter(table.io(), task, table.schema(), wanted);
    Schema required = deletes.requiredSchema();
    int position =
        required.columns().indexOf(required.findField(MetadataColumns.ROW_POSITION.fieldId()));
    try (CloseableIterable<Record> rows =
        deletes.filter(
            Parquet.read(table.io().newInputFile(task.file()))
                .project(required)
                .filter(filter)
                .reuseContainers()
                .createReaderFunc(stored -> GenericParquetReaders.buildReader(required, stored))
                .build())) {
      for (Record row : rows) {
        sink.row(row, (Long) row.get(position));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
