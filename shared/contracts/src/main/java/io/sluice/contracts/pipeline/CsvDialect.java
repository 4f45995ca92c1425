package io.sluice.contracts.pipeline;

import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.Map;

/**
 * How rows of cells are written, and which fields the cells are.
 *
 * @param delimiter one ASCII character between cells; empty when the first line is to tell it
 * @param quote one ASCII character around cells that hold delimiters or line ends; empty for none
 * @param escape one ASCII character before a quote that is part of a quoted cell; the quote itself
 *     when it is doubled
 * @param header whether the first row names the columns
 * @param columns the names of the columns when there is no header
 * @param nullText what a cell without quotes says that is null
 * @param mapping the fields of columns whose names are not those of fields
 */
public record CsvDialect(
    String delimiter,
    String quote,
    String escape,
    boolean header,
    List<String> columns,
    String nullText,
    Map<String, FieldPath> mapping) {
  /** RFC 4180 with a header, whatever the delimiter; nothing is null. */
  public static final CsvDialect DEFAULT =
      new CsvDialect("", "\"", "\"", true, List.of(), "", Map.of());

  /** Copies the collections. */
  public CsvDialect {
    columns = List.copyOf(columns);
    mapping = Map.copyOf(mapping);
  }

  /** The same with another delimiter. */
  public CsvDialect withDelimiter(String other) {
    return new CsvDialect(other, quote, escape, header, columns, nullText, mapping);
  }
}
