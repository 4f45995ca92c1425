package io.sluice.iceberg.batch;

import io.sluice.iceberg.schema.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What the table of batches looks like, whatever the pipeline. */
public final class BatchShape {
  static final String BATCH = "batch";
  static final String STATUS = "status";
  static final String LANDED_AT = "landed_at";
  static final String GATES = "gates";

  /** The columns that say when something happened to the batch; the first is never null. */
  static final List<String> TIMES =
      List.of(LANDED_AT, "source_modified", "curated_at", "published_at", "judged_at");

  private BatchShape() {}

  /** The columns, by the day on which the batch landed. */
  public static TableShape shape() {
    Schema schema = schema();
    return new TableShape(
        schema,
        PartitionSpec.builderFor(schema).day(LANDED_AT, "landed_day").build(),
        SortOrder.unsorted(),
        Map.of(
            TableProperties.FORMAT_VERSION,
            "2",
            // Retrying is ours: rows are changed on exactly the snapshot that was read.
            TableProperties.COMMIT_NUM_RETRIES,
            "0",
            TableProperties.PARQUET_COMPRESSION,
            "zstd"));
  }

  private static Schema schema() {
    Columns columns = new Columns();
    columns.required(BATCH, Types.StringType.get());
    columns.required(STATUS, Types.StringType.get());
    columns.optional("status_reason", Types.StringType.get());
    columns.optional("status_by", Types.StringType.get());
    columns.required("source", Types.StringType.get());
    columns.required("source_version", Types.StringType.get());
    TIMES.forEach(
        name -> columns.add(name, Types.TimestampType.withZone(), name.equals(LANDED_AT)));
    columns.required("contract", Types.StringType.get());
    columns.required("code", Types.StringType.get());
    columns.required("bytes_in", Types.LongType.get());
    columns.required("bytes_raw", Types.LongType.get());
    for (String count : BatchRows.COUNTS) {
      columns.optional(count, Types.LongType.get());
    }
    columns.optional("snapshot", Types.LongType.get());
    columns.optional("judgement", Types.IntegerType.get());
    columns.optional("score", Types.DoubleType.get());
    columns.gates();
    return new Schema(columns.fields);
  }

  /** Columns with ids in the order in which they are added. */
  private static final class Columns {
    private final List<Types.NestedField> fields = new ArrayList<>();
    private int lastId;

    void required(String name, Type type) {
      add(name, type, true);
    }

    void optional(String name, Type type) {
      add(name, type, false);
    }

    void add(String name, Type type, boolean isRequired) {
      fields.add(
          isRequired
              ? Types.NestedField.required(++lastId, name, type)
              : Types.NestedField.optional(++lastId, name, type));
    }

    void gates() {
      Columns gate = new Columns();
      gate.lastId = lastId + 2;
      for (String text : List.of("name", "metric", "layer", "severity", "action", "ruling")) {
        gate.required(text, Types.StringType.get());
      }
      for (String number : List.of("value", "min", "max")) {
        gate.optional(number, Types.DoubleType.get());
      }
      for (String text : List.of("baseline", "accepted_by", "accepted_for")) {
        gate.optional(text, Types.StringType.get());
      }
      fields.add(
          Types.NestedField.optional(
              ++lastId,
              GATES,
              Types.ListType.ofRequired(++lastId, Types.StructType.of(gate.fields))));
    }
  }
}
