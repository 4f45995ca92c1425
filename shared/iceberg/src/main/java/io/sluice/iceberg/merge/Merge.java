package io.sluice.iceberg.merge;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SourceObject;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Merges batches into a snapshot: what is new goes into data files, and every other record is
 * counted by what became of it. The first record of a key stays. Two passes over the raw files
 * bound the memory by the keys of the batches: the first finds where in the table these keys can
 * be, the second decides and writes.
 *
 * <p>Batches are taken in the order in which their sources were last modified, then by their ids,
 * so that the same batches make the same files whatever order they are handed over in.
 */
public final class Merge {
  private static final Comparator<LandedBatch> BY_AGE =
      Comparator.comparing((LandedBatch batch) -> batch.manifest().sourceModified())
          .thenComparing(LandedBatch::id);

  private final Table table;
  private final Schema schema;
  private final List<FieldPath> key;
  private final RawRows raw;

  /** A merge into {@code table}, whose rows are identified by {@code key}. */
  public Merge(Table table, List<FieldPath> key) {
    this.table = table;
    this.schema = table.schema();
    this.key = key;
    this.raw = new RawRows(table.io(), schema);
  }

  /** What a merge came to. */
  public record Result(List<DataFile> files, Map<BatchId, BatchAccount> accounts) {
    /** Copies the files. */
    public Result {
      files = List.copyOf(files);
      accounts = Map.copyOf(accounts);
    }
  }

  /**
   * Merges {@code batches} on the snapshot {@code head}, or on an empty table. Files are named
   * after {@code operation}.
   */
  public Result run(Collection<LandedBatch> batches, OptionalLong head, String operation) {
    List<LandedBatch> ordered = batches.stream().sorted(BY_AGE).toList();
    try {
      Map<Fingerprint, Fingerprint> known =
          head.isPresent() ? known(ordered, head.getAsLong()) : new HashMap<>();
      try (RowFiles files = new RowFiles(table, operation, accepted(ordered))) {
        Map<BatchId, BatchAccount> accounts = new TreeMap<>();
        for (LandedBatch batch : ordered) {
          MergeCounts counts = merge(batch, known, files);
          accounts.put(batch.id(), new BatchAccount(batch.manifest().counts(), counts));
        }
        return new Result(files.finish(), accounts);
      }
    } catch (IOException e) {
      throw new TransientFailure(
          "Cannot write data files of " + table.name() + ": " + e.getMessage(), e);
    }
  }

  private static long accepted(List<LandedBatch> batches) {
    return batches.stream().mapToLong(batch -> batch.manifest().counts().accepted()).sum();
  }

  /** The contents in the table, by key, of the keys that the batches hold. */
  private Map<Fingerprint, Fingerprint> known(List<LandedBatch> batches, long head)
      throws IOException {
    Schema keys = select(List.of());
    Fingerprinter fingerprinter = new Fingerprinter(keys, key);
    KeyRanges ranges = new KeyRanges(keys, key);
    Set<Fingerprint> wanted = new HashSet<>();
    for (LandedBatch batch : batches) {
      for (StoredFile file : batch.manifest().raw()) {
        try (CloseableIterable<Record> rows = raw.read(file, keys)) {
          for (Record row : rows) {
            wanted.add(fingerprinter.key(row));
            ranges.add(row);
          }
        }
      }
    }
    return contents(head, ranges, wanted);
  }

  private Map<Fingerprint, Fingerprint> contents(
      long head, KeyRanges ranges, Set<Fingerprint> wanted) throws IOException {
    Schema keysAndHash = select(List.of(TableShape.HASH));
    Fingerprinter fingerprinter = new Fingerprinter(keysAndHash, key);
    Map<Fingerprint, Fingerprint> contents = new HashMap<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(head)
            .project(keysAndHash)
            .where(ranges.filter())
            .reuseContainers()
            .build()) {
      for (Record row : rows) {
        Fingerprint fingerprint = fingerprinter.key(row);
        if (wanted.contains(fingerprint)) {
          contents.put(fingerprint, Fingerprint.of((byte[]) row.getField(TableShape.HASH)));
        }
      }
    }
    return contents;
  }

  private MergeCounts merge(LandedBatch batch, Map<Fingerprint, Fingerprint> known, RowFiles files)
      throws IOException {
    Fingerprinter fingerprinter = new Fingerprinter(schema, key);
    int batchColumn = position(TableShape.BATCH);
    int hashColumn = position(TableShape.HASH);
    long inserted = 0;
    long duplicate = 0;
    long conflicting = 0;
    for (StoredFile file : batch.manifest().raw()) {
      long before = inserted + duplicate + conflicting;
      try (CloseableIterable<Record> rows = raw.read(file, schema)) {
        for (Record row : rows) {
          Fingerprint content = fingerprinter.content(row);
          Fingerprint there = known.putIfAbsent(fingerprinter.key(row), content);
          if (there == null) {
            row.set(batchColumn, batch.id().value());
            row.set(hashColumn, content.bytes());
            files.add(row);
            inserted++;
          } else if (there.equals(content)) {
            duplicate++;
          } else {
            conflicting++;
          }
        }
      }
      requireRows(file, batch.manifest().source(), inserted + duplicate + conflicting - before);
    }
    return new MergeCounts(inserted, 0, 0, duplicate, 0, conflicting);
  }

  private static void requireRows(StoredFile file, SourceObject source, long rows) {
    if (rows != file.rows()) {
      throw new InvalidMessage(
          String.format(
              "Invalid raw file: %s of %s holds %d rows, its manifest says %d",
              file.name(), source, rows, file.rows()));
    }
  }

  private Schema select(List<String> columns) {
    Set<String> names = new LinkedHashSet<>(columns);
    key.forEach(path -> names.add(path.toString()));
    return schema.select(new ArrayList<>(names));
  }

  private int position(String column) {
    return schema.columns().indexOf(schema.findField(column));
  }
}
