package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of the table of batches, for people and for programs. */
public final class BatchesPrinter {
  private BatchesPrinter() {}

  /** Prints a table, oldest first. */
  public static void print(List<Map<String, Object>> rows, PrintStream out) {
    List<String> header = new ArrayList<>(List.of("batch", "source", "landed", "status"));
    header.addAll(BatchAccount.NONE.byName().keySet());
    header.addAll(List.of("snapshot", "score"));
    TextTable table = new TextTable(header, List.of(4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
    for (Map<String, Object> row : rows) {
      String source = text(row, "source");
      List<String> line =
          new ArrayList<>(
              List.of(
                  text(row, "batch"),
                  source.substring(source.lastIndexOf('/') + 1),
                  landed(row),
                  text(row, "status")));
      BatchAccount.NONE.byName().keySet().forEach(count -> line.add(text(row, count)));
      line.add(text(row, "snapshot"));
      line.add(row.get("score") instanceof Double score ? String.valueOf(Math.round(score)) : "");
      table.add(line);
      if (row.containsKey("status_reason")) {
        String by = row.containsKey("status_by") ? text(row, "status_by") + ": " : "";
        table.addNote("  " + by + text(row, "status_reason"));
      }
    }
    table.lines().forEach(out::println);
  }

  /** Prints one document: the rows as they are, without what is null. */
  public static void printJson(Pipeline pipeline, List<Map<String, Object>> rows, PrintStream out) {
    ObjectNode document = JsonDocument.object();
    document.put("pipeline", pipeline.name().value());
    put(document.putArray("batches"), rows);
    JsonDocument.print(document, out);
  }

  private static void put(ArrayNode array, List<?> rows) {
    for (Object row : rows) {
      ObjectNode node = array.addObject();
      ((Map<?, ?>) row).forEach((name, value) -> put(node, String.valueOf(name), value));
    }
  }

  private static void put(ObjectNode node, String name, Object value) {
    switch (value) {
      case List<?> list -> put(node.putArray(name), list);
      case Long number -> node.put(name, number);
      case Integer number -> node.put(name, number);
      case Double number -> node.put(name, number);
      default -> node.put(name, value.toString());
    }
  }

  private static String landed(Map<String, Object> row) {
    return row.get("landed_at") instanceof Instant at
        ? at.truncatedTo(ChronoUnit.SECONDS).toString()
        : "";
  }

  private static String text(Map<String, Object> row, String name) {
    Object value = row.get(name);
    return value == null ? "" : value.toString();
  }
}
