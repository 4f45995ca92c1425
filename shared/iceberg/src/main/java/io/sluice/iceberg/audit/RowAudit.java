package io.sluice.iceberg.audit;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.merge.KeyFingerprints;
import io.sluice.iceberg.merge.UniqueKey;
import io.sluice.iceberg.schema.TableEvolution;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads the keys of every row of a snapshot: no key twice, and as many rows as the accounts say.
 */
final class RowAudit {
  private final Table table;
  private final UniqueKey key;
  private final Schema columns;
  private final Findings findings;

  RowAudit(Table table, Pipeline pipeline, Findings findings) {
    this.table = table;
    this.key = UniqueKey.of(pipeline.transformation(), table.spec());
    this.columns =
        key.select(
            new TableEvolution(pipeline, table).declared(),
            List.of(TableShape.BATCH, TableShape.ORDINAL));
    this.findings = findings;
  }

  /** Counts the rows of {@code snapshot} and holds them against {@code accounts}. */
  long run(long snapshot, Map<BatchId, BatchAccount> accounts) {
    KeyFingerprints keys = new KeyFingerprints(columns, key);
    Map<String, Long> rowsByBatch = new TreeMap<>();
    long rows = 0;
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot)
            .project(columns)
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
    if (table.schema().findField(TableShape.MODIFIED) != null) {
      compareTotals(snapshot, rows, rowsByBatch, accounts);
    } else {
      compare(snapshot, rowsByBatch, accounts);
    }
    return rows;
  }

  /**
   * Where later records replace rows, or did once, what is left of a batch depends on those after
   * it: no more than it had, and all batches together as many as the snapshots say.
   */
  private void compareTotals(
      long snapshot,
      long rows,
      Map<String, Long> rowsByBatch,
      Map<BatchId, BatchAccount> accounts) {
    Map<String, Long> accepted = new TreeMap<>();
    accounts.forEach((batch, account) -> accepted.put(batch.value(), account.landed().accepted()));
    rowsByBatch.forEach(
        (batch, found) -> {
          long most = accepted.getOrDefault(batch, 0L);
          if (found > most) {
            rowsOfBatch(snapshot, batch, found, most);
          }
        });
    long wanted = 0;
    for (Snapshot each : new Branches(table).ancestry(OptionalLong.of(snapshot))) {
      wanted += Summaries.read(each).addedRows() + Summaries.offAccount(each);
    }
    if (rows != wanted) {
      findings.add(
          "rows-of-snapshot",
          "snapshot " + snapshot,
          "it has " + rows + " rows, the accounts up to it say " + wanted);
    }
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
        rowsOfBatch(snapshot, batch, found, wanted);
      }
    }
  }

  private void rowsOfBatch(long snapshot, String batch, long found, long wanted) {
    findings.add(
        "rows-of-batch",
        batch,
        "snapshot " + snapshot + " has " + found + " rows of it, its account says " + wanted);
  }

  private String describe(Record record) {
    StringBuilder text = new StringBuilder();
    for (FieldPath path : key.fields()) {
      Object value = record;
      for (String name : path.names()) {
        value = value instanceof Record struct ? struct.getField(name) : value;
      }
      text.append(text.isEmpty() ? "" : ", ").append(path).append('=').append(value);
    }
    return text.toString();
  }
}
