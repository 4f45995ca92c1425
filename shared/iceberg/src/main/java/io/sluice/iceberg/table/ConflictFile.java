package io.sluice.iceberg.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.contracts.pipeline.MergePolicy.OnConflict;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.formats.quarantine.BytesKept;
import io.sluice.formats.quarantine.Origin;
import io.sluice.formats.quarantine.QuarantinedRecord;
import io.sluice.formats.quarantine.Redaction;
import io.sluice.formats.quarantine.RejectedRecord;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.merge.HadoopDefaults;
import io.sluice.iceberg.merge.Refusals;
import io.sluice.iceberg.quarantine.QuarantineRow;
import io.sluice.iceberg.read.RowJson;
import io.sluice.iceberg.schema.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/**
 * The records that a merge refuses, on their way into a file beside the data which is laid out as
 * quarantine files are. The summary of the merge's snapshot names it, so that it is there, and
 * gone, with the snapshot. Started at the first of them.
 */
final class ConflictFile implements Refusals, Closeable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Table table;
  private final String name;
  private final boolean isWanted;
  private final RowJson json;
  private final Redaction redaction;
  private final String keys;
  private @Nullable FileAppender<Record> appender;
  private long rows;

  /** The file of the merge that its other files are named after. */
  ConflictFile(Table table, Pipeline pipeline, String operation) {
    this.table = table;
    this.name = table.location() + "/conflicts/" + operation + ".parquet";
    this.isWanted = pipeline.transformation().merge().onConflict() == OnConflict.QUARANTINE;
    this.json = new RowJson(pipeline.contract().kept());
    this.redaction = new Redaction(pipeline.ingestion().redact());
    this.keys =
        pipeline.transformation().idempotencyKey().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }

  /** The file that the summary of a snapshot names; none where nothing was refused. */
  static List<StoredFile> named(Map<String, String> summary) {
    String[] parts = summary.getOrDefault(Summaries.CONFLICTS, "").split(" ", 3);
    return parts.length < 3
        ? List.of()
        : List.of(
            new StoredFile(
                ObjectName.parse(parts[2]), Long.parseLong(parts[0]), Long.parseLong(parts[1])));
  }

  @Override
  public void refuse(LandedBatch batch, Record row, String content, String kept) {
    if (!isWanted) {
      return;
    }
    try {
      if (appender == null) {
        appender =
            HadoopDefaults.without(() -> Parquet.write(table.io().newOutputFile(name)))
                .schema(QuarantineRow.SCHEMA)
                .set("write.parquet.compression-codec", "zstd")
                .overwrite()
                .createWriterFunc(GenericParquetWriter::create)
                .build();
      }
      appender.add(QuarantineRow.of(quarantined(batch, row, content, kept)));
      rows++;
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private TransientFailure cannotWrite(IOException e) {
    return new TransientFailure("Cannot write " + name + ": " + e.getMessage(), e);
  }

  private QuarantinedRecord quarantined(LandedBatch batch, Record row, String content, String kept)
      throws IOException {
    Origin origin =
        new Origin(
            batch.id(),
            batch.manifest().source(),
            batch.manifest().contract(),
            batch.manifest().code(),
            batch.manifest().sourceModified());
    RecordError error =
        new RecordError("conflict", keys, "the content " + kept, "the content " + content);
    return redaction.apply(
        origin,
        new RejectedRecord(
            (Long) row.getField(TableShape.ORDINAL),
            0,
            0,
            ByteBuffer.wrap(rendered(row)),
            ErrorClass.CONFLICT,
            List.of(error)),
        BytesKept.RENDERED);
  }

  private byte[] rendered(Record row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      json.write(row, out);
    }
    return bytes.toByteArray();
  }

  /** Makes the file appear, and says what the summary of the merge's snapshot has to. */
  Map<String, String> complete() {
    if (!isWanted) {
      return Map.of();
    }
    if (appender == null) {
      return Map.of(Summaries.CONFLICTS, "");
    }
    try {
      appender.close();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return Map.of(Summaries.CONFLICTS, rows + " " + appender.length() + " " + name);
  }

  @Override
  public void close() {
    if (appender != null) {
      try {
        appender.close();
      } catch (IOException e) {
        throw cannotWrite(e);
      }
    }
  }
}
