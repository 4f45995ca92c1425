package io.sluice.formats.csv;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.CsvDialect;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.framing.CsvRows;
import io.sluice.formats.framing.Framing.Fault;
import io.sluice.formats.record.Faults;
import io.sluice.formats.record.RecordSource;
import io.sluice.formats.rendering.JsonBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV stream as records. Cells become values as their fields' types want; a cell
 * without quotes that says what null is written as is none. The header is no record.
 */
public final class CsvRecords implements RecordSource {
  private final CsvDialect dialect;
  private final Contract contract;
  private final CsvRows rows;
  private final int maxRecordBytes;
  private final JsonBytes json;
  private @Nullable Columns columns;
  private long headerRows;

  /** Reads {@code in} in a dialect that has a delimiter. */
  public CsvRecords(InputStream in, CsvDialect dialect, Contract contract, int maxRecordBytes) {
    this.dialect = dialect;
    this.contract = contract;
    this.rows = new CsvRows(in, dialect, maxRecordBytes);
    this.maxRecordBytes = maxRecordBytes;
    this.json = new JsonBytes(maxRecordBytes);
  }

  @Override
  public boolean next() throws IOException {
    if (columns == null) {
      if (dialect.header() && !rows.next()) {
        return false;
      }
      columns = columns();
    }
    return rows.next();
  }

  private Columns columns() throws UnreadableObject {
    List<String> names = new ArrayList<>(dialect.columns());
    if (dialect.header()) {
      headerRows = 1;
      if (rows.fault() != Fault.NONE) {
        throw UnreadableObject.at(rows.byteOffset(), "its header is no row");
      }
      for (int i = 0; i < rows.cells(); i++) {
        names.add(new String(rows.cell(i), StandardCharsets.UTF_8));
      }
    }
    try {
      return Columns.of(names, dialect, contract);
    } catch (IllegalArgumentException e) {
      throw UnreadableObject.at(rows.byteOffset(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long ordinal() {
    return rows.ordinal() - headerRows;
  }

  @Override
  public long line() {
    return rows.line();
  }

  @Override
  public long byteOffset() {
    return rows.byteOffset();
  }

  @Override
  public byte[] bytes() {
    return rows.bytes();
  }

  @Override
  public Rendered rendered() {
    if (columns == null) {
      throw new IllegalStateException("There is no record before the first");
    }
    return switch (rows.fault()) {
      case TOO_LONG -> Faults.tooLong(maxRecordBytes);
      case QUOTE, UNCLOSED ->
          Faults.unparseable("quote", "a row whose quotes are closed", "a quote that is not");
      case NONE -> row(columns);
    };
  }

  private Rendered row(Columns known) {
    if (rows.cells() != known.count()) {
      return Faults.unparseable("cells", known.count() + " cells", rows.cells() + " cells");
    }
    json.clear();
    known.write(rows, json);
    return json.isOverflown() ? Faults.tooLong(maxRecordBytes) : new Rendered.Json(json.written());
  }
}
