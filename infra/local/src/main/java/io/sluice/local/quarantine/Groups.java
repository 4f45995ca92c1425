package io.sluice.local.quarantine;

import io.sluice.core.batch.RecordError;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rejected records counted by what they have in common. A record with errors of several kinds
 * counts in each of their groups, and once in each.
 */
public final class Groups {
  private final List<Column> columns;
  private final Map<List<String>, Group> groups = new LinkedHashMap<>();
  private long records;

  /** No record yet, to be grouped by {@code columns}. */
  public Groups(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * What some records have in common.
   *
   * @param values one for each column
   * @param example the id of one of them
   * @param error why that one was rejected
   */
  public record Group(List<String> values, long records, String example, RecordError error) {
    Group another() {
      return new Group(values, records + 1, example, error);
    }
  }

  /** Counts a record. */
  public void add(QuarantineEntry entry) {
    records++;
    Set<List<String>> seen = new LinkedHashSet<>();
    for (RecordError error : entry.quarantined().record().errors()) {
      List<String> values = columns.stream().map(column -> column.of(entry, error)).toList();
      if (seen.add(values)) {
        groups.merge(
            values, new Group(values, 1, entry.id(), error), (known, ignored) -> known.another());
      }
    }
  }

  /** What is grouped by. */
  public List<Column> columns() {
    return columns;
  }

  /** How many records there are. */
  public long records() {
    return records;
  }

  /** The groups, largest first. */
  public List<Group> all() {
    return groups.values().stream()
        .sorted(
            Comparator.comparingLong(Group::records)
                .reversed()
                .thenComparing(group -> group.values().toString()))
        .toList();
  }
}
