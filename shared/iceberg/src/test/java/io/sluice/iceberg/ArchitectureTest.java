package io.sluice.iceberg;

import io.sluice.iceberg.table.IcebergTable;
import io.sluice.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRules() {
    ArchitectureRules.check(IcebergTable.class);
  }
}
