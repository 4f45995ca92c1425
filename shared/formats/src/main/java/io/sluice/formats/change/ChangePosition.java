package io.sluice.formats.change;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in its source a change happened, as text that sorts as the source does: the kind, then
 * numbers of fixed width, joined by colons. What each connector tells is in Debezium's
 * documentation, "Data change events", under {@code source}.
 *
 * <ul>
 *   <li>{@code postgresql}: the log sequence number of the change.
 *   <li>{@code mysql}, {@code mariadb}: the number of the binlog file, the position in it, the row
 *       of the event. After a failover to another server the numbers begin anew.
 *   <li>{@code sqlserver}, {@code db2}: the log sequence numbers of the commit and of the change,
 *       and the number of the event in it.
 *   <li>{@code oracle}: the system change number.
 *   <li>{@code mongodb}: the time of the operation in milliseconds, and its number in that.
 *   <li>{@code time}, of all others and of those that do not tell the above: {@code ts_ms}.
 * </ul>
 */
public final class ChangePosition {
  /** The digits of 2^63 - 1. */
  private static final int DIGITS = 19;

  private static final List<String> LOG_SEQUENCE = List.of("postgresql");
  private static final List<String> BINLOG = List.of("mysql", "mariadb");
  private static final List<String> COMMITS = List.of("sqlserver", "db2");

  /** An LSN of SQL Server without digits: three hexadecimal numbers of fixed width. */
  private static final String NO_CHANGE = "00000000:00000000:0000";

  private static final String HEXADECIMAL_NUMBERS = "[0-9a-f]{8}:[0-9a-f]{8}:[0-9a-f]{4}";

  private ChangePosition() {}

  /**
   * The position that the fields of an envelope's {@code source} tell, if they tell one.
   *
   * @param source the single values in it by their names, numbers and strings as text; {@code
   *     connector} names the kind
   */
  public static Optional<String> of(Map<String, String> source) {
    String kind = source.getOrDefault("connector", "");
    Optional<String> told = Optional.empty();
    if (LOG_SEQUENCE.contains(kind)) {
      told = joined(kind, number(source.get("lsn")));
    } else if (BINLOG.contains(kind)) {
      told = binlog(kind, source);
    } else if (COMMITS.contains(kind)) {
      told = commits(kind, source);
    } else if (kind.equals("oracle")) {
      told = joined(kind, number(source.get("scn")));
    } else if (kind.equals("mongodb")) {
      told = joined(kind, number(source.get("ts_ms")), number(source.getOrDefault("ord", "0")));
    }
    return told.or(() -> joined("time", number(source.get("ts_ms"))));
  }

  private static Optional<String> binlog(String kind, Map<String, String> source) {
    String file = source.getOrDefault("file", "");
    return joined(
        kind,
        number(file.substring(file.lastIndexOf('.') + 1)),
        number(source.get("pos")),
        number(source.getOrDefault("row", "0")));
  }

  private static Optional<String> commits(String kind, Map<String, String> source) {
    return joined(
        kind,
        logSequence(source.get("commit_lsn")),
        logSequence(source.getOrDefault("change_lsn", NO_CHANGE)),
        number(source.getOrDefault("event_serial_no", "0")));
  }

  private static Optional<String> joined(String kind, @Nullable String... parts) {
    StringBuilder position = new StringBuilder(kind);
    for (String part : parts) {
      if (part == null) {
        return Optional.empty();
      }
      position.append(':').append(part);
    }
    return Optional.of(position.toString());
  }

  private static @Nullable String number(@Nullable String text) {
    if (text == null || !text.matches("\\d{1," + DIGITS + "}")) {
      return null;
    }
    return "0".repeat(DIGITS - text.length()) + text;
  }

  private static @Nullable String logSequence(@Nullable String text) {
    String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
    return lower.matches(HEXADECIMAL_NUMBERS) ? lower : null;
  }
}
