package io.sluice.iceberg.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.ObjectStore;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.audit.Auditor;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.iceberg.quarantine.QuarantineReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;

/** A pipeline's table for who only reads, as it stood when it was opened. */
public final class TableReader {
  private final Table table;
  private final Pipeline pipeline;
  private final List<QuarantineReader> quarantine;
  private final List<BatchReader> batches;
  private final TableRows rows;

  /**
   * A reader of the table of {@code pipeline}.
   *
   * @param quarantine the table of its rejected records; empty where there is none
   * @param batches the table of its batches; empty where there is none
   */
  public TableReader(
      Table table,
      Pipeline pipeline,
      List<QuarantineReader> quarantine,
      List<BatchReader> batches) {
    this.table = table;
    this.quarantine = List.copyOf(quarantine);
    this.batches = List.copyOf(batches);
    this.pipeline = pipeline;
    this.rows = new TableRows(table, pipeline);
  }

  /** The forms in which rows are written. */
  public enum RowFormat {
    /** One JSON object on each line. */
    NDJSON,
    /** Comma-separated values with a header. */
    CSV
  }

  /** The snapshots and branches. */
  public TableHistory history() {
    return new TableHistory(table);
  }

  /**
   * The snapshot that {@code reference} names: {@code main}, {@code audit}, a tag, or a snapshot's
   * id. Empty for main and audit before their first snapshot.
   *
   * @throws ConfigurationFailure when it names none
   */
  public Optional<SnapshotId> resolve(String reference) {
    return rows.resolve(reference);
  }

  /**
   * Writes every row of {@code snapshot} with the contract's fields, UTF-8; {@code out} stays open.
   */
  public void write(SnapshotId snapshot, RowFormat format, OutputStream out) throws IOException {
    switch (format) {
      case NDJSON -> writeNdjson(snapshot, out);
      case CSV -> writeCsv(snapshot, out);
    }
    out.flush();
  }

  /**
   * Proves from the lake in {@code store} that every record is accounted for, or says what is
   * wrong.
   */
  public AuditReport audit(ObjectStore store, Layout layout) {
    return new Auditor(store, layout).audit(pipeline, table, quarantine, batches);
  }

  private void writeNdjson(SnapshotId snapshot, OutputStream out) throws IOException {
    RowJson form = new RowJson(schema());
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    rows.read(
        snapshot,
        row -> {
          form.write(row, json);
          json.writeRaw('\n');
        });
    json.close();
  }

  private void writeCsv(SnapshotId snapshot, OutputStream out) throws IOException {
    RowCsv form = new RowCsv(schema());
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    text.append(form.header()).append("\r\n");
    rows.read(snapshot, row -> text.append(form.line(row)).append("\r\n"));
    text.flush();
  }

  private Schema schema() {
    return pipeline.contract().kept();
  }
}
