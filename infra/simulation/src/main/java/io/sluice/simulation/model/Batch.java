package io.sluice.simulation.model;

import java.util.Comparator;
import java.util.List;

/**
 * The accepted records of one source object.
 *
 * @param modified when the object was last modified
 */
public record Batch(String id, long modified, List<Accepted> records) {
  /** In which order the batches of one snapshot are taken. */
  public static final Comparator<Batch> ORDER =
      Comparator.comparingLong(Batch::modified).thenComparing(Batch::id);

  /** Copies the records. */
  public Batch {
    records = List.copyOf(records);
  }

  /**
   * One record.
   *
   * @param ordinal its number in the object
   * @param op {@code d} and {@code t} take rows away; anything else is a row
   * @param key what makes it the same record
   * @param rank the event's time, or a change's position
   * @param row what readers see of it
   * @param amount its number; NaN where it has none
   */
  public record Accepted(
      long ordinal, String op, String key, long rank, String row, double amount) {}
}
