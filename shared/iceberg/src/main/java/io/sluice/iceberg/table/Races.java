package io.sluice.iceberg.table;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/** Changes of a table's metadata, which others change at the same time. */
final class Races {
  /**
   * How often a change is tried. Both functions together make few changes a second; ten lost races
   * in a row mean that something else is wrong.
   */
  private static final int MOST_ATTEMPTS = 10;

  private final Table table;

  Races(Table table) {
    this.table = table;
  }

  /**
   * Runs {@code change} until no other change comes between.
   *
   * @param done what the table is then, for who reads that it may not be
   * @throws UnknownOutcome when nobody can tell whether the change is made
   */
  <T> T run(String done, Supplier<T> change) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return change.get();
      } catch (CommitFailedException e) {
        // Somebody was first: look again.
        table.refresh();
      } catch (CommitStateUnknownException e) {
        throw new UnknownOutcome("Cannot tell whether " + table.name() + " was " + done, e);
      }
    }
    throw new TransientFailure(
        "Cannot commit to " + table.name() + ": lost " + MOST_ATTEMPTS + " races in a row");
  }
}
