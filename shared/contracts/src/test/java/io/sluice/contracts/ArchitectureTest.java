package io.sluice.contracts;

import io.sluice.contracts.contract.Contract;
import io.sluice.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRules() {
    ArchitectureRules.check(Contract.class);
  }
}
