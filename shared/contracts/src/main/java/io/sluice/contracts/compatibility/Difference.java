package io.sluice.contracts.compatibility;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One thing that two contracts say differently.
 *
 * @param path the field, as the new contract names it; empty for the record as a whole; {@code []}
 *     stands for elements of an array, {@code {}} for values of a map
 * @param what for people: {@code is long, was int}
 * @param breaks which directions it breaks, and why
 * @param detail why it is not possible, or what the table does; empty where the effect says all
 */
public record Difference(
    String path, String what, Map<Direction, String> breaks, TableEffect table, String detail) {
  /** Copies the directions. */
  public Difference {
    EnumMap<Direction, String> copy = new EnumMap<>(Direction.class);
    copy.putAll(breaks);
    breaks = Collections.unmodifiableMap(copy);
  }

  /** Whether it keeps one side from reading the other's records. */
  public boolean breaks(Direction direction) {
    return breaks.containsKey(direction);
  }
}
