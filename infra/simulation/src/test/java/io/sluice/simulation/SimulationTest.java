package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.simulation.Simulation.Outcome;
import io.sluice.simulation.bug.Bug;
import io.sluice.simulation.stage.Wiring;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {
  /** Some seconds; {@code ./sluice simulate} runs as many as one likes. */
  private static final int SEEDS = 40;

  /** The first finds it, until a stage calls its ports in another order. */
  private static final int MOST_SEEDS = 200;

  private final Simulation simulation = new Simulation();

  @Test
  void findsNothingWrong() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = simulation.run(seed, new Wiring());
      assertThat(outcome.violations())
          .as(() -> "seed " + outcome.seed() + "\n" + String.join("\n", outcome.trace()))
          .isEmpty();
    }
  }

  @Test
  void makesTheSameWorldOfTheSameSeed() {
    for (long seed = 100; seed < 105; seed++) {
      assertThat(new Simulation().run(seed, new Wiring()).trace())
          .isEqualTo(simulation.run(seed, new Wiring()).trace());
    }
  }

  @ParameterizedTest
  @MethodSource("io.sluice.simulation.bug.Bug#all")
  void findsThePlantedBug(Bug bug) {
    assertThat(
            LongStream.range(bug.seed(), bug.seed() + MOST_SEEDS)
                .anyMatch(seed -> !simulation.run(seed, bug.wiring().get()).isSound()))
        .isTrue();
  }
}
