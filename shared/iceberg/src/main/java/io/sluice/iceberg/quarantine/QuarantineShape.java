package io.sluice.iceberg.quarantine;

import io.sluice.formats.quarantine.QuarantineFile;
import io.sluice.iceberg.schema.TableShape;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;

/** What the table of rejected records looks like, whatever the pipeline. */
public final class QuarantineShape {
  static final String ID = "id";
  static final String BATCH = "batch";
  static final String ORDINAL = "ordinal";
  static final String BYTES = "bytes";
  static final String ERROR_CLASS = "error_class";
  static final String ERRORS = "errors";
  static final String CONTRACT = "contract";
  static final String CODE = "code";
  static final String FIRST_SEEN = "first_seen";
  static final String LAST_SEEN = "last_seen";
  static final String ATTEMPTS = "attempts";
  static final String STATUS = "status";
  static final String STATUS_AT = "status_at";
  static final String STATUS_REASON = "status_reason";
  static final String REPLAY = "replay";

  private QuarantineShape() {}

  /** The columns of a quarantine file, by the day on which the record was first seen. */
  public static TableShape shape() {
    Schema schema = TableShape.columns(QuarantineFile.schema());
    return new TableShape(
        schema,
        PartitionSpec.builderFor(schema).day(FIRST_SEEN, "first_seen_day").build(),
        SortOrder.unsorted(),
        Map.of(
            TableProperties.FORMAT_VERSION,
            "2",
            // Retrying is ours: rows are changed on exactly the snapshot that was read.
            TableProperties.COMMIT_NUM_RETRIES,
            "0",
            TableProperties.PARQUET_COMPRESSION,
            "zstd",
            // Bounds of bytes help nobody, and would show what they hold in the metadata.
            TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + BYTES,
            "none"));
  }
}
