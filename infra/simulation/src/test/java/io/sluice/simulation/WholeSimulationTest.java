package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.simulation.Simulation.Outcome;
import io.sluice.simulation.bug.Bug;
import io.sluice.simulation.stage.Wiring;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What takes minutes: {@code -Plong}. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeSimulationTest {
  private static final int SOUND_SEEDS = 1_000;

  /** Whatever seed is noted with a bug, it is found among the first. */
  private static final int MOST_SEEDS = 2_000;

  private final Simulation simulation = new Simulation();

  @Test
  void findsNothingWrongInManyWorlds() {
    List<Long> wrong =
        LongStream.rangeClosed(1, SOUND_SEEDS)
            .parallel()
            .mapToObj(seed -> simulation.run(seed, new Wiring()))
            .filter(outcome -> !outcome.isSound())
            .map(Outcome::seed)
            .toList();
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"io.sluice.simulation.bug.Bug#all", "io.sluice.simulation.bug.Bug#rare"})
  void findsThePlantedBugAmongTheFirstWorlds(Bug bug) {
    assertThat(
            LongStream.rangeClosed(1, MOST_SEEDS)
                .anyMatch(seed -> !simulation.run(seed, bug.wiring().get()).isSound()))
        .isTrue();
  }
}
