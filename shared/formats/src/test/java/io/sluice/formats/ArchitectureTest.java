package io.sluice.formats;

import io.sluice.formats.ndjson.NdjsonReader;
import io.sluice.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRules() {
    ArchitectureRules.check(NdjsonReader.class);
  }
}
