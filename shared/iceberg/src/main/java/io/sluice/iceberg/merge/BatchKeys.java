package io.sluice.iceberg.merge;

import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.change.Operation;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.util.PartitionSet;

/** The keys that the batches of a merge hold, and where in the table they can be. */
final class BatchKeys {
  private final KeyIndex index = new KeyIndex();
  private final KeyRanges ranges;
  private final PartitionSpec within;
  private final PartitionSet partitions;
  private boolean truncates;

  private BatchKeys(MergeTarget target, Schema keys) {
    this.within = target.key().within();
    this.ranges = new KeyRanges(keys, target.key().fields());
    this.partitions = PartitionSet.create(target.table().specs());
  }

  /** Reads the keys of all records. */
  static BatchKeys read(MergeTarget target, RawBatches raw) throws IOException {
    Schema schema = raw.schema();
    Schema columns =
        schema.findField(ChangeColumns.OPERATION) == null
            ? target.key().select(schema, List.of())
            : target.key().select(schema, List.of(ChangeColumns.OPERATION));
    BatchKeys keys = new BatchKeys(target, columns);
    Fingerprinter fingerprinter = new Fingerprinter(columns, target.key());
    raw.read(
        columns,
        (batch, row) -> {
          if (raw.operation(row, batch) == Operation.TRUNCATE) {
            keys.truncates = true;
          } else {
            keys.index.add(fingerprinter.key(row));
            keys.ranges.add(row);
            keys.addPartition(fingerprinter);
          }
        });
    return keys;
  }

  private void addPartition(Fingerprinter fingerprinter) {
    if (within.isPartitioned()
        && !partitions.contains(within.specId(), fingerprinter.partition())) {
      partitions.add(within.specId(), fingerprinter.partition().copy());
    }
  }

  /** The keys, numbered. */
  KeyIndex index() {
    return index;
  }

  /** Whether a record deletes every row before it, whatever its key. */
  boolean truncates() {
    return truncates;
  }

  /** Everything that may hold one of the keys, by the names that fields have in {@code schema}. */
  Expression filter(Schema schema) {
    return ranges.filter(schema);
  }

  /** Whether the file's partition may hold one of the keys. */
  boolean mayBeIn(FileScanTask file) {
    return !within.isPartitioned()
        || file.spec().specId() != within.specId()
        || partitions.contains(within.specId(), file.partition());
  }
}
