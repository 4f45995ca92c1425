package io.sluice.local;

import io.sluice.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRules() {
    ArchitectureRules.check(Sluice.class);
  }
}
