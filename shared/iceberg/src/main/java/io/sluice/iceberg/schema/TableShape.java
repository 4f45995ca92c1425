package io.sluice.iceberg.schema;

import static java.util.stream.Collectors.joining;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.contracts.pipeline.MergePolicy;
import io.sluice.contracts.pipeline.MergePolicy.Deletes;
import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.MergePolicy.Unique;
import io.sluice.contracts.pipeline.PartitionField;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.change.ChangeColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;

/**
 * What a pipeline's table looks like: the contract's columns, then those that Sluice adds, and its
 * partitions.
 *
 * @param schema with ids of its own, which a catalog may assign anew
 * @param order in which rows are written
 */
public record TableShape(
    Schema schema, PartitionSpec spec, SortOrder order, Map<String, String> properties) {
  /** The batch that a row came with. */
  public static final String BATCH = "_batch";

  /** The position of a row in its source object, from 0. */
  public static final String ORDINAL = "_ordinal";

  /** The fingerprint of a row's content, 16 bytes. */
  public static final String HASH = "_hash";

  /** When the source object of a row was last modified, where later rows replace earlier ones. */
  public static final String MODIFIED = "_modified";

  /** When the source object that deleted a row was last modified, where deleted rows are kept. */
  public static final String DELETED_AT = "_deleted_at";

  /** Where in the source of changes the row was deleted, where deleted rows are kept. */
  public static final String DELETED_POSITION = "_deleted_position";

  /** The columns that are not the contract's, those of raw files included. */
  public static final Set<String> ADDED =
      Set.of(
          BATCH,
          ORDINAL,
          HASH,
          MODIFIED,
          DELETED_AT,
          DELETED_POSITION,
          Contract.EXTRAS,
          ChangeColumns.OPERATION,
          ChangeColumns.POSITION);

  /** The property of a table that says which fields identify its rows, by the names they have. */
  static final String KEY = "sluice.key";

  /** The property of a table that says within what a key stands once. */
  static final String UNIQUE = "sluice.unique";

  /** Bytes of a fingerprint. */
  public static final int HASH_BYTES = 16;

  /**
   * Of how many columns data files keep statistics, which gates are answered from: more than a
   * contract that people maintain has. Iceberg's own 100 would leave wide contracts unmeasured.
   */
  private static final String MEASURED_COLUMNS = "2000";

  /** The shape that {@code pipeline} declares. */
  public static TableShape of(Pipeline pipeline) {
    Schema schema = columns(pipeline.contract(), pipeline.transformation().merge());
    PartitionSpec spec = spec(schema, pipeline.transformation().partitions());
    return new TableShape(schema, spec, order(schema, pipeline), properties(pipeline, spec));
  }

  /** The columns that the fields of {@code record}, an Avro record, become. */
  public static Schema columns(org.apache.avro.Schema record) {
    return new Schema(new ContractColumns().columns(record));
  }

  private static Schema columns(Contract contract, MergePolicy merge) {
    List<Types.NestedField> columns = new ArrayList<>(columns(contract.schema()).columns());
    int id = new Schema(columns).highestFieldId();
    columns.add(Types.NestedField.required(++id, BATCH, Types.StringType.get()));
    columns.add(Types.NestedField.required(++id, ORDINAL, Types.LongType.get()));
    columns.add(Types.NestedField.required(++id, HASH, Types.FixedType.ofLength(HASH_BYTES)));
    if (merge.changesRows()) {
      columns.add(Types.NestedField.optional(++id, MODIFIED, Types.TimestampType.withZone()));
    }
    if (merge.mode() == Mode.CDC) {
      columns.add(Types.NestedField.optional(++id, ChangeColumns.POSITION, Types.StringType.get()));
    }
    if (merge.deletes() == Deletes.SOFT) {
      columns.add(Types.NestedField.optional(++id, DELETED_AT, Types.TimestampType.withZone()));
      columns.add(Types.NestedField.optional(++id, DELETED_POSITION, Types.StringType.get()));
    }
    if (contract.unknown() == UnknownPolicy.CAPTURE) {
      columns.add(Types.NestedField.optional(++id, Contract.EXTRAS, Types.StringType.get()));
    }
    return new Schema(columns);
  }

  private static PartitionSpec spec(Schema schema, List<PartitionField> fields) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    for (PartitionField field : fields) {
      String source = field.source().toString();
      switch (field) {
        case PartitionField.Identity identity -> spec.identity(source, identity.name());
        case PartitionField.Bucket bucket -> spec.bucket(source, bucket.buckets(), bucket.name());
        case PartitionField.Truncate cut -> spec.truncate(source, cut.width(), cut.name());
        case PartitionField.Calendar calendar -> {
          switch (calendar.unit()) {
            case YEAR -> spec.year(source, calendar.name());
            case MONTH -> spec.month(source, calendar.name());
            case DAY -> spec.day(source, calendar.name());
            case HOUR -> spec.hour(source, calendar.name());
          }
        }
      }
    }
    return spec.build();
  }

  /** Whether values of a partition may be of any length. */
  private static boolean isText(Types.NestedField partition) {
    return switch (partition.type().typeId()) {
      case STRING, BINARY, FIXED -> true;
      default -> false;
    };
  }

  private static SortOrder order(Schema schema, Pipeline pipeline) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    if (pipeline.storage().sortsByKey()) {
      pipeline.transformation().idempotencyKey().forEach(field -> order.asc(field.toString()));
    }
    return order.build();
  }

  /** The fields that identify a row, in the form of the property {@link #KEY}. */
  static String key(Pipeline pipeline) {
    return pipeline.transformation().idempotencyKey().stream()
        .map(FieldPath::toString)
        .collect(joining(","));
  }

  /** The value of {@link #UNIQUE}. */
  static String unique(Unique unique) {
    return switch (unique) {
      case TABLE -> "table";
      case PARTITION -> "partition";
    };
  }

  private static Map<String, String> properties(Pipeline pipeline, PartitionSpec spec) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(
        TableProperties.FORMAT_VERSION,
        switch (pipeline.storage().rowChanges()) {
          case COPY_ON_WRITE -> "2";
          case DELETION_VECTORS -> "3";
        });
    properties.put(
        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
        Long.toString(pipeline.storage().targetFileBytes()));
    // Retrying is ours: Iceberg's own retry would commit on a head that the dedupe never saw.
    properties.put(TableProperties.COMMIT_NUM_RETRIES, "0");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    properties.put(TableProperties.METRICS_MAX_INFERRED_COLUMN_DEFAULTS, MEASURED_COLUMNS);
    if (spec.partitionType().fields().stream().anyMatch(TableShape::isText)) {
      // Names of files would hold the values, percent-encoded, and S3's hold 1,024 bytes.
      properties.put(TableProperties.OBJECT_STORE_ENABLED, "true");
      properties.put(TableProperties.WRITE_OBJECT_STORE_PARTITIONED_PATHS, "false");
    }
    properties.put(KEY, key(pipeline));
    properties.put(UNIQUE, unique(pipeline.transformation().merge().unique()));
    for (FieldPath key : pipeline.transformation().idempotencyKey()) {
      properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + key, "true");
    }
    return properties;
  }
}
