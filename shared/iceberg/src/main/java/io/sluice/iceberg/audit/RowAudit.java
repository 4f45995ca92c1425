package io.sluice.iceberg.audit;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.iceberg.merge.KeyFingerprints;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads the keys of every row of a snapshot: no key twice, and of each batch as many rows as its
 * account says.
 */
final class RowAudit {
  private final Table table;
  private final List<FieldPath> key;
  private final Findings findings;

  RowAudit(Table table, List<FieldPath> key, Findings findings) {
    this.table = table;
    this.key = key;
    this.findings = findings;
  }

  /** Counts the rows of {@code snapshot} and holds them against {@code accounts}. */
  long run(long snapshot, Map<BatchId, BatchAccount> accounts) {
    Set<String> columns = new LinkedHashSet<>(List.of(TableShape.BATCH, TableShape.ORDINAL));
    key.forEach(path -> columns.add(path.toString()));
    Schema schema = table.schema().select(columns);
    KeyFingerprints keys = new KeyFingerprints(schema, key);
    Map<String, Long> rowsByBatch = new TreeMap<>();
    long rows = 0;
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot)
            .project(schema)
            .reuseContainers()
            .build()) {
      for (Record record : records) {
        rows++;
        String batch = String.valueOf(record.getField(TableShape.BATCH));
        rowsByBatch.merge(batch, 1L, Long::sum);
        if (!keys.isFirst(record)) {
          findings.add(
              "key-twice",
              describe(record),
              "a second row of this key came with batch "
                  + batch
                  + " at position "
                  + record.getField(TableShape.ORDINAL));
        }
      }
    } catch (NotFoundException e) {
      findings.add("data-file-missing", "snapshot " + snapshot, String.valueOf(e.getMessage()));
      return rows;
    } catch (IOException | RuntimeException e) {
      findings.add("data-file-unreadable", "snapshot " + snapshot, String.valueOf(e.getMessage()));
      return rows;
    }
    compare(snapshot, rowsByBatch, accounts);
    return rows;
  }

  private void compare(
      long snapshot, Map<String, Long> rowsByBatch, Map<BatchId, BatchAccount> accounts) {
    Map<String, Long> expected = new TreeMap<>();
    accounts.forEach(
        (batch, account) -> {
          if (account.merged().inserted() > 0) {
            expected.put(batch.value(), account.merged().inserted());
          }
        });
    Set<String> batches = new LinkedHashSet<>(expected.keySet());
    batches.addAll(rowsByBatch.keySet());
    for (String batch : batches) {
      long wanted = expected.getOrDefault(batch, 0L);
      long found = rowsByBatch.getOrDefault(batch, 0L);
      if (wanted != found) {
        findings.add(
            "rows-of-batch",
            batch,
            "snapshot " + snapshot + " has " + found + " rows of it, its account says " + wanted);
      }
    }
  }

  private String describe(Record record) {
    StringBuilder text = new StringBuilder();
    for (FieldPath path : key) {
      Object value = record;
      for (String name : path.names()) {
        value = value instanceof Record struct ? struct.getField(name) : value;
      }
      text.append(text.isEmpty() ? "" : ", ").append(path).append('=').append(value);
    }
    return text.toString();
  }
}
