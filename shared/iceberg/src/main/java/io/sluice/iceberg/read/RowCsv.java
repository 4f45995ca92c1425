package io.sluice.iceberg.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.contracts.contract.ContractField;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180): nested records as columns with dotted names, lists and maps as JSON in
 * one column, null as an empty field and the empty string as {@code ""}.
 */
final class RowCsv {
  private static final JsonFactory JSON = new JsonFactory();

  private final Schema contract;

  /** Rows whose fields are those of {@code contract}, an Avro record. */
  RowCsv(Schema contract) {
    this.contract = contract;
  }

  /** The line with the names of the columns, without its end. */
  String header() {
    List<String> names = new ArrayList<>();
    names(contract, "", names);
    return String.join(",", names);
  }

  /** One row, without the end of its line. */
  String line(Record row) throws IOException {
    List<String> cells = new ArrayList<>();
    cells(contract, row, cells);
    return String.join(",", cells);
  }

  private static void names(Schema record, String prefix, List<String> names) {
    for (Schema.Field field : record.getFields()) {
      String name = prefix + field.name();
      Schema type = ContractField.withoutNull(field.schema());
      if (type.getType() == Schema.Type.RECORD) {
        names(type, name + ".", names);
      } else {
        names.add(name);
      }
    }
  }

  private static void cells(Schema record, @Nullable Record row, List<String> cells)
      throws IOException {
    for (Schema.Field field : record.getFields()) {
      Object value = row == null ? null : row.getField(field.name());
      Schema type = ContractField.withoutNull(field.schema());
      if (type.getType() == Schema.Type.RECORD) {
        cells(type, (Record) value, cells);
      } else {
        cells.add(value == null ? "" : cell(field.schema(), value));
      }
    }
  }

  private static String cell(Schema schema, Object value) throws IOException {
    String cell = value instanceof CharSequence ? value.toString() : json(schema, value);
    boolean quoted = cell.isEmpty() || cell.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /**
   * The value as JSON; without the quotes where it is a string, which then holds nothing to escape.
   */
  private static String json(Schema schema, Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      RowJson.writeValue(schema, value, json);
    }
    String written = text.toString();
    return written.startsWith("\"") ? written.substring(1, written.length() - 1) : written;
  }
}
