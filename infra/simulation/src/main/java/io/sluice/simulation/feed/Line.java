package io.sluice.simulation.feed;

import java.util.Locale;

/**
 * One record of a source object.
 *
 * @param op what a change does: {@code c}, {@code u}, {@code d} or {@code t}
 * @param position of a change in its source
 * @param at in milliseconds
 * @param amount as it stands in JSON; in quotes it breaks the contract, below 0 a rule
 */
public record Line(String op, long position, String id, String region, long at, String amount) {
  /** Whether no contract accepts it. */
  public boolean breaksContract() {
    return amount.startsWith("\"");
  }

  /** Whether it is only accepted where no rule forbids amounts below 0. */
  public boolean breaksRule() {
    return amount.startsWith("-");
  }

  /** Whether it is a change that takes a row away. */
  public boolean isDeletion() {
    return op.equals("d");
  }

  /** Whether it is a change that takes all rows away. */
  public boolean isTruncation() {
    return op.equals("t");
  }

  /** The row as JSON, as land reads it and as readers see it. */
  public String row() {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"region\":\"%s\",\"at\":%d,\"amount\":%s}",
        id,
        region,
        at,
        amount);
  }

  /** The change as Debezium writes it. */
  public String change() {
    String row =
        switch (op) {
          case "d" -> "\"before\":{\"id\":\"" + id + "\"},";
          case "t" -> "";
          default -> "\"after\":" + row() + ",";
        };
    return "{\"op\":\"%s\",%s\"source\":{\"connector\":\"postgresql\",\"lsn\":%d}}"
        .formatted(op, row, position);
  }
}
