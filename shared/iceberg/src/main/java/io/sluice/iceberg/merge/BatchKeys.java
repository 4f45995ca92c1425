package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.change.Operation;
import io.sluice.iceberg.scan.KeyHashes;
import io.sluice.iceberg.scan.ValueKind;
import io.sluice.iceberg.scan.WantedKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PartitionSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the batches of a merge hold, and where in the table they can be. Of few records the
 * fingerprints of their keys are taken; of many only hashes, and fingerprints where a row of the
 * table has one of these.
 */
final class BatchKeys {
  /** Fingerprints of fewer keys than this cost less than opening a file. */
  private static final long MOST_FINGERPRINTED = 2_000;

  private final KeyPart part;
  private final KeyIndex index = new KeyIndex();
  private final KeyHashes hashes;
  private final List<Types.NestedField> key;
  private final List<RowField> hashed;
  private final WantedKeys wanted;
  private final KeyRanges ranges;
  private final PartitionSpec within;
  private final PartitionSet partitions;
  private boolean truncates;
  private boolean fingerprinted = true;

  private BatchKeys(MergeTarget target, Schema keys, long records, KeyPart part) {
    this.part = part;
    this.key = target.keyFields();
    this.within = target.key().within();
    this.ranges = new KeyRanges(keys, target.key().fields());
    List<RowField> fields =
        target.key().fields().stream().map(path -> RowField.find(keys.asStruct(), path)).toList();
    boolean scanned = fields.stream().allMatch(field -> ValueKind.of(field.type()).isPresent());
    this.hashed = scanned ? fields : List.of();
    this.wanted = new WantedKeys(hashed.size());
    this.hashes = new KeyHashes(scanned ? records : 0);
    this.partitions = PartitionSet.create(target.table().specs());
  }

  /**
   * Reads the keys of all records. Where they can be is said of all of them, whichever {@code part}
   * it is that is looked for.
   */
  static BatchKeys read(MergeTarget target, RawBatches raw, KeyPart part) throws IOException {
    Schema schema = raw.schema();
    Schema columns =
        schema.findField(ChangeColumns.OPERATION) == null
            ? target.key().select(schema, List.of())
            : target.key().select(schema, List.of(ChangeColumns.OPERATION));
    BatchKeys keys = new BatchKeys(target, columns, raw.count(), part);
    boolean many =
        raw.count() > MOST_FINGERPRINTED
            && keys.areHashed()
            && !keys.within.isPartitioned()
            && target.policy().mode() != Mode.CDC;
    if (!many || !keys.scan(raw)) {
      keys.fingerprint(raw, columns, target.key());
    }
    return keys;
  }

  private boolean scan(RawBatches raw) throws IOException {
    fingerprinted = false;
    boolean scanned = raw.scan(key, wanted, hashes);
    ranges.widen(wanted);
    return scanned;
  }

  private void fingerprint(RawBatches raw, Schema columns, UniqueKey key) throws IOException {
    fingerprinted = true;
    Fingerprinter fingerprinter = new Fingerprinter(columns, key);
    raw.read(
        columns,
        (batch, row) -> {
          if (raw.operation(row, batch) == Operation.TRUNCATE) {
            truncates = true;
          } else {
            add(row, fingerprinter);
          }
        });
  }

  private void add(Record row, Fingerprinter fingerprinter) {
    int known = index.size();
    Fingerprint fingerprint = fingerprinter.key(row);
    boolean isMine = part.has(fingerprint);
    if (!isMine || index.add(fingerprint) == known) {
      ranges.add(row);
      addHash(row, isMine);
      addPartition(fingerprinter);
    }
  }

  private void addHash(Record row, boolean isMine) {
    if (areHashed()) {
      long hash = 0;
      List<Object> values = new ArrayList<>();
      for (RowField field : hashed) {
        Object value = Objects.requireNonNull(field.of(row));
        hash = ValueKind.combine(hash, ValueKind.bits(value));
        values.add(value);
      }
      if (isMine) {
        hashes.add(hash);
      }
      wanted.add(values);
    }
  }

  private void addPartition(Fingerprinter fingerprinter) {
    if (within.isPartitioned()
        && !partitions.contains(within.specId(), fingerprinter.partition())) {
      partitions.add(within.specId(), fingerprinter.partition().copy());
    }
  }

  /**
   * The keys, numbered. Where only hashes were taken, those alone that {@link #find} was asked for.
   */
  KeyIndex index() {
    return index;
  }

  /**
   * The number of the key of a row of the table that has the hash of a key; -1 where it is none of
   * these. Several threads may ask.
   */
  int find(Fingerprint key) {
    if (!part.has(key)) {
      return -1;
    }
    if (fingerprinted) {
      return index.find(key);
    }
    synchronized (index) {
      return index.add(key);
    }
  }

  /** Whether the values of the key's fields have hashes. */
  boolean areHashed() {
    return !hashed.isEmpty();
  }

  /** The hashes of the keys, without the partitions that they stand in. */
  KeyHashes hashes() {
    return hashes;
  }

  /** The keys by the values of their fields. */
  WantedKeys wanted() {
    return wanted;
  }

  /** Whether the file's partition is what its rows' keys stand in, if they stand in partitions. */
  boolean isKnownIn(FileScanTask file) {
    return !within.isPartitioned() || file.spec().specId() == within.specId();
  }

  /** Whether a record deletes every row before it, whatever its key. */
  boolean truncates() {
    return truncates;
  }

  /** Everything that may hold one of the keys, by the names that fields have in {@code schema}. */
  Expression filter(Schema schema) {
    return ranges.filter(schema);
  }

  /** Whether the file may hold one of the keys, by its partition and its bounds. */
  boolean mayBeIn(FileScanTask file) {
    boolean inPartition =
        !within.isPartitioned()
            || file.spec().specId() != within.specId()
            || partitions.contains(within.specId(), file.partition());
    return inPartition && isWithinBounds(file.file());
  }

  private boolean isWithinBounds(DataFile file) {
    for (int i = 0; i < hashed.size(); i++) {
      ByteBuffer low = bound(file.lowerBounds(), key.get(i));
      ByteBuffer high = bound(file.upperBounds(), key.get(i));
      if (low != null
          && high != null
          && hasOneOrder(key.get(i).type())
          && !wanted.mayBeWithin(i, key.get(i).type(), low, high)) {
        return false;
      }
    }
    return true;
  }

  /** Whether bounds that any engine writes are in the order in which values are scanned. */
  private static boolean hasOneOrder(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIMESTAMP, STRING -> true;
      default -> false;
    };
  }

  private static @Nullable ByteBuffer bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    return bounds == null ? null : bounds.get(field.fieldId());
  }
}
