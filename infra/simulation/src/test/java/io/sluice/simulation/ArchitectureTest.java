package io.sluice.simulation;

import io.sluice.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRules() {
    ArchitectureRules.check(Simulation.class);
  }
}
