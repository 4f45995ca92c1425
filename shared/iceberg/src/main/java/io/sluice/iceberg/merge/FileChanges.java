package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.Storage.RowChanges;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ContentFileUtil;

/** The rows of data files that give way, and how they are made to. */
final class FileChanges {
  private final Table table;
  private final TableFiles files;
  private final Map<Integer, FileChange> changes = new TreeMap<>();

  FileChanges(Table table, TableFiles files) {
    this.table = table;
    this.files = files;
  }

  /** The files that rows may give way in. */
  TableFiles files() {
    return files;
  }

  /** The rows of one file that go, and the rows among them that come back as deleted ones. */
  private static final class FileChange {
    private final BitSet gone = new BitSet();
    private final Map<Long, Version> deletions = new HashMap<>();
  }

  /**
   * What takes the place of what.
   *
   * @param dataFiles that are no longer
   * @param marks of rows that are gone, at most one for each data file
   * @param oldMarks that are no longer
   * @param offAccount by how many rows the table grows more by Iceberg's counts than it does: less
   *     than none where marks stay that an engine made for several files
   */
  record Replaced(
      List<DataFile> dataFiles,
      List<DeleteFile> marks,
      List<DeleteFile> oldMarks,
      long offAccount) {
    static final Replaced NOTHING = new Replaced(List.of(), List.of(), List.of(), 0);

    /** Copies the lists. */
    Replaced {
      dataFiles = List.copyOf(dataFiles);
      marks = List.copyOf(marks);
      oldMarks = List.copyOf(oldMarks);
    }
  }

  /** The row goes. */
  synchronized void drop(int file, long position) {
    change(file).gone.set(Math.toIntExact(position));
  }

  /** The row stays, as one that is deleted. */
  synchronized void keepAsDeleted(int file, long position, Version deletion) {
    drop(file, position);
    change(file).deletions.put(position, deletion);
  }

  private FileChange change(int file) {
    return changes.computeIfAbsent(file, any -> new FileChange());
  }

  /** Writes what stays of the files, and says what it replaces. */
  Replaced write(RowChanges how, RowFiles rows, String operation) throws IOException {
    if (changes.isEmpty()) {
      return Replaced.NOTHING;
    }
    return switch (how) {
      case COPY_ON_WRITE -> copy(rows);
      case DELETION_VECTORS -> mark(rows, operation);
    };
  }

  /** Marks that an engine made for several files stay: they say something of the others, too. */
  private Replaced copy(RowFiles rows) {
    List<DataFile> dataFiles = new ArrayList<>();
    List<DeleteFile> marks = new ArrayList<>();
    long offAccount = 0;
    for (Map.Entry<Integer, FileChange> each : changes.entrySet()) {
      FileScanTask task = files.file(each.getKey());
      dataFiles.add(task.file());
      task.deletes().stream().filter(ContentFileUtil::isFileScoped).forEach(marks::add);
      offAccount += rewrite(each.getKey(), each.getValue(), rows, true) - task.file().recordCount();
    }
    return new Replaced(dataFiles, List.of(), marks, offAccount + rows(marks));
  }

  private static long rows(List<DeleteFile> marks) {
    return marks.stream().mapToLong(DeleteFile::recordCount).sum();
  }

  private Replaced mark(RowFiles rows, String operation) throws IOException {
    OutputFileFactory names =
        OutputFileFactory.builderFor(table, 0, 0)
            .operationId(operation + "-marks")
            .ioSupplier(() -> new RepeatableFiles(table.io()))
            .format(FileFormat.PUFFIN)
            .build();
    Map<String, FileScanTask> byLocation = new HashMap<>();
    changes.keySet().forEach(n -> byLocation.put(files.file(n).file().location(), files.file(n)));
    BaseDVFileWriter writer =
        new BaseDVFileWriter(
            names, location -> marks(Objects.requireNonNull(byLocation.get(location))));
    try (writer) {
      changes.forEach(
          (file, change) -> {
            DataFile data = files.file(file).file();
            change.gone.stream()
                .forEach(
                    row ->
                        writer.delete(
                            data.location(), row, files.file(file).spec(), data.partition()));
            if (!change.deletions.isEmpty()) {
              rewrite(file, change, rows, false);
            }
          });
    }
    DeleteWriteResult result = writer.result();
    long gone = changes.values().stream().mapToLong(change -> change.gone.cardinality()).sum();
    long before = rows(result.deleteFiles()) - gone;
    return new Replaced(
        List.of(),
        result.deleteFiles(),
        result.rewrittenDeleteFiles(),
        rows(result.rewrittenDeleteFiles()) - before);
  }

  /** What is marked in a file already: a second vector beside it would make it unreadable. */
  private PositionDeleteIndex marks(FileScanTask task) {
    List<DeleteFile> marks =
        task.deletes().stream()
            .filter(file -> file.content() == FileContent.POSITION_DELETES)
            .toList();
    if (marks.isEmpty()) {
      return PositionDeleteIndex.empty();
    }
    if (marks.stream().filter(ContentFileUtil::isDV).count() > 1) {
      throw new IllegalStateException(
          "Data file " + task.file().location() + " has more than one deletion vector");
    }
    return new BaseDeleteLoader(file -> table.io().newInputFile(file))
        .loadPositionDeletes(marks, task.file().location());
  }

  /** Returns how many rows the file has. */
  private long rewrite(int file, FileChange change, RowFiles rows, boolean copies) {
    Schema schema = table.schema();
    AtomicLong read = new AtomicLong();
    files.read(
        file,
        schema,
        Expressions.alwaysTrue(),
        (row, position) -> {
          read.incrementAndGet();
          Version deletion = change.deletions.get(position);
          if (deletion != null) {
            markDeleted(schema, row, deletion);
            rows.add(row);
          } else if (copies && !change.gone.get((int) position)) {
            rows.add(row);
          }
        });
    return read.get();
  }

  /** Writes into {@code row} when and where its key was deleted. */
  static void markDeleted(Schema schema, Record row, Version deletion) {
    set(schema, row, TableShape.DELETED_POSITION, deletion.position());
    set(
        schema,
        row,
        TableShape.DELETED_AT,
        Instant.EPOCH.plus(deletion.modified(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
  }

  private static void set(Schema schema, Record row, String column, Object value) {
    Types.NestedField field = schema.findField(column);
    row.set(schema.columns().indexOf(field), value);
  }
}
