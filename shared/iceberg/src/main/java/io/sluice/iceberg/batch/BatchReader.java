package io.sluice.iceberg.batch;

import io.sluice.core.batch.Manifest;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The batches of a pipeline for who only reads, as they stood when it was opened. */
public final class BatchReader {
  private final Table table;

  /** A reader of {@code table}. */
  public BatchReader(Table table) {
    this.table = table;
  }

  /**
   * In what a row is not what the lake says.
   *
   * @param code the kind of difference, a constant in lower case with hyphens
   * @param detail one sentence for people
   */
  public record Difference(String code, BatchId batch, String detail) {}

  /**
   * Every row, oldest first, as its values by the names of their columns: texts, numbers, instants,
   * and lists of such maps. What is null is left out.
   */
  public List<Map<String, Object>> rows() {
    List<Record> rows = read();
    rows.sort(
        Comparator.comparing((Record row) -> (OffsetDateTime) row.getField(BatchShape.LANDED_AT))
            .thenComparing(BatchReader::batch));
    return rows.stream().map(BatchReader::values).toList();
  }

  /**
   * Holds the rows against the lake. A batch that is on its way may have an older row, or none; so
   * may one whose object could not be read, of which land tells nobody.
   *
   * @param curated the pipeline's table
   * @param manifests of every batch that is landed
   */
  public List<Difference> differences(
      Table curated,
      PipelineName pipeline,
      IcebergBatches.Lake lake,
      Map<BatchId, Manifest> manifests) {
    List<Difference> differences = new ArrayList<>();
    Map<String, Record> stored = new TreeMap<>();
    for (Record row : read()) {
      BatchId batch = new BatchId(batch(row));
      if (stored.put(batch(row), row) != null) {
        differences.add(new Difference("batch-row-twice", batch, "two rows are of it"));
      }
      if (!manifests.containsKey(batch)) {
        differences.add(new Difference("batch-row-of-nothing", batch, "it has no manifest"));
      }
    }
    BatchRows made =
        new BatchRows(
            table.schema(), new BatchFates(curated), pipeline, lake.store(), lake.layout());
    for (Manifest each : manifests.values()) {
      Record wanted =
          made.row(lake.layout().manifest(pipeline, each.sourceModified(), each.batch()), each);
      compare(each.batch(), wanted, stored.get(each.batch().value()), differences);
    }
    return differences;
  }

  private static void compare(
      BatchId batch, Record wanted, @Nullable Record stored, List<Difference> differences) {
    BatchStatus status = BatchStatus.of(String.valueOf(wanted.getField(BatchShape.STATUS)));
    if (status.isOnItsWay() || wanted.equals(stored)) {
      return;
    }
    if (stored == null) {
      if (status != BatchStatus.REJECTED) {
        differences.add(
            new Difference(
                "batch-row-missing", batch, "it is " + status.word() + ", without a row"));
      }
      return;
    }
    List<String> columns =
        wanted.struct().fields().stream()
            .map(Types.NestedField::name)
            .filter(name -> !Objects.equals(wanted.getField(name), stored.getField(name)))
            .toList();
    differences.add(
        new Difference(
            "batch-row-differs",
            batch,
            "%s is %s in its row, the lake says %s"
                .formatted(
                    String.join(", ", columns),
                    stored.getField(columns.getFirst()),
                    wanted.getField(columns.getFirst()))));
  }

  private List<Record> read() {
    List<Record> read = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      rows.forEach(read::add);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + table.name() + ": " + e.getMessage(), e);
    }
    return read;
  }

  private static Map<String, Object> values(Record row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Types.NestedField field : row.struct().fields()) {
      Object value = row.getField(field.name());
      if (value != null) {
        values.put(field.name(), value(value));
      }
    }
    return values;
  }

  private static Object value(Object value) {
    return switch (value) {
      case OffsetDateTime time -> time.toInstant();
      case List<?> list -> list.stream().map(Record.class::cast).map(BatchReader::values).toList();
      default -> value;
    };
  }

  private static String batch(Record row) {
    return String.valueOf(row.getField(BatchShape.BATCH));
  }
}
