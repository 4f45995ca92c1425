package io.sluice.simulation;

import io.sluice.simulation.Simulation.Outcome;
import io.sluice.simulation.bug.Bug;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for the first seed that finds each planted bug, and says what it found. The seeds of {@link
 * Bug} are from here.
 */
final class BugSearch {
  private static final long MOST_SEEDS = 2_000;

  private BugSearch() {}

  public static void main(String[] arguments) {
    Simulation simulation = new Simulation();
    List<String> wanted = arguments.length == 0 ? List.of("") : List.of(arguments);
    Stream.concat(Bug.all().stream(), Bug.rare().stream())
        .parallel()
        .filter(bug -> wanted.stream().anyMatch(bug.what()::contains))
        .forEach(bug -> System.out.println(bug + " " + search(simulation, bug)));
  }

  private static String search(Simulation simulation, Bug bug) {
    for (long seed = 1; seed <= MOST_SEEDS; seed++) {
      Outcome outcome = simulation.run(seed, bug.wiring().get());
      if (!outcome.isSound()) {
        return seed + " " + outcome.violations().getFirst();
      }
    }
    return "not found";
  }
}
