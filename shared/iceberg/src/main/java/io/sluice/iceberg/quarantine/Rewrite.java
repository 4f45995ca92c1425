package io.sluice.iceberg.quarantine;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.iceberg.merge.RawRows;
import io.sluice.iceberg.merge.RowFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** A change of rows by copying the files that hold them. */
final class Rewrite {
  /** Above this many values Iceberg does not hold a list against the statistics of files. */
  private static final int MOST_IN_FILTER = 200;

  /** The columns that tell whether a row is concerned. */
  static final List<String> LOOKED_AT =
      List.of(
          QuarantineShape.ID,
          QuarantineShape.BATCH,
          QuarantineShape.STATUS,
          QuarantineShape.REPLAY);

  private final Table table;
  private final RowChange change;
  private final RawRows rows;

  Rewrite(Table table, RowChange change) {
    this.table = table;
    this.change = change;
    this.rows = new RawRows(table.io(), table.schema());
  }

  /** The files exchanged; nothing when no row is concerned. */
  Optional<OverwriteFiles> run(String operation) throws IOException {
    List<DataFile> touched = touched();
    if (touched.isEmpty()) {
      return Optional.empty();
    }
    OverwriteFiles overwrite = table.newOverwrite();
    long most = touched.stream().mapToLong(DataFile::recordCount).sum();
    try (RowFiles files = new RowFiles(table, operation, most)) {
      for (DataFile file : touched) {
        try (CloseableIterable<Record> records = rows.read(stored(file), table.schema())) {
          for (Record record : records) {
            if (change.concerns(record)) {
              change.apply(record);
            }
            files.add(record);
          }
        }
        overwrite.deleteFile(file);
      }
      files.finish().forEach(overwrite::addFile);
    }
    return Optional.of(overwrite);
  }

  private List<DataFile> touched() throws IOException {
    Schema looked = table.schema().select(LOOKED_AT);
    List<DataFile> touched = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().filter(filter()).planFiles()) {
      for (FileScanTask task : tasks) {
        if (holdsConcerned(task.file(), looked)) {
          touched.add(task.file());
        }
      }
    }
    return touched;
  }

  private boolean holdsConcerned(DataFile file, Schema looked) throws IOException {
    try (CloseableIterable<Record> records = rows.read(stored(file), looked)) {
      for (Record record : records) {
        if (change.concerns(record)) {
          return true;
        }
      }
    }
    return false;
  }

  private Expression filter() {
    Set<String> batches = change.batches();
    return batches.size() > MOST_IN_FILTER
        ? Expressions.alwaysTrue()
        : Expressions.in(QuarantineShape.BATCH, batches);
  }

  private static StoredFile stored(DataFile file) {
    return new StoredFile(
        ObjectName.parse(file.location()), file.recordCount(), file.fileSizeInBytes());
  }
}
