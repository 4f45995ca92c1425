package io.sluice.local.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns that line up: the first to the left, numbers to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] toTheRight;

  /** Columns of which those named are pushed to the right. */
  TextTable(List<String> header, List<Integer> numbers) {
    this.toTheRight = new boolean[header.size()];
    numbers.forEach(column -> toTheRight[column] = true);
    rows.add(header);
  }

  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** A line that belongs to the row before it and keeps to no columns. */
  void addNote(String note) {
    rows.add(List.of(note));
  }

  List<String> lines() {
    int[] widths = new int[toTheRight.length];
    for (List<String> row : rows) {
      for (int column = 0; row.size() > 1 && column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(row.size() == 1 ? row.getFirst() : line(row, widths));
    }
    int width = Arrays.stream(widths).sum() + 2 * widths.length;
    lines.add(1, "─".repeat(width));
    return lines;
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String gap = " ".repeat(widths[column] - row.get(column).length());
      line.append(toTheRight[column] ? gap + row.get(column) : row.get(column) + gap).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
