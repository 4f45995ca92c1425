package io.sluice.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Real lines, each damaged in one of the ways that feeds damage lines, and a revised one that no
 * rule forbids.
 */
final class BrokenLines {
  private static final List<UnaryOperator<String>> DAMAGES =
      List.of(
          line -> line.substring(0, line.length() / 2),
          line -> line.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":null"),
          line -> line.replaceFirst("\"mag\":[^,]*", "\"mag\":\"strong\""),
          line -> line.replaceFirst("\"time\":[^,]*", "\"time\":\"yesterday\""),
          line -> line.replaceFirst("\"net\":\"[^\"]*\",", ""),
          line -> line.replaceFirst("\"alert\":[^,]*", "\"alert\":\"purple\""),
          line ->
              line.replaceFirst("\"coordinates\":\\[[^\\]]*\\]", "\"coordinates\":[1.5,\"north\"]"),
          line -> line.replaceFirst("\"nst\":[^,]*", "\"nst\":1e400"),
          line -> "time,latitude,longitude,depth,mag",
          line ->
              line.replaceFirst("\"tsunami\":[^,]*", "\"tsunami\":true")
                  .replaceFirst("\"sig\":[^,]*", "\"sig\":[]"));

  private BrokenLines() {}

  /** Twenty damaged lines, two revised ones and twenty that are as they were, in turn. */
  static List<String> of(List<String> lines) {
    List<String> mixed = new ArrayList<>();
    for (int i = 0; i < 2 * DAMAGES.size(); i++) {
      mixed.add(lines.get(2 * i));
      mixed.add(DAMAGES.get(i % DAMAGES.size()).apply(lines.get(2 * i + 1)));
    }
    for (int i = 50; i < 52; i++) {
      mixed.add(lines.get(i).replaceFirst("\"status\":\"[^\"]*\"", "\"status\":\"deleted\""));
    }
    return mixed;
  }
}
