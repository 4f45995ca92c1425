package io.sluice.aws;

import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRules() {
    ArchitectureRules.check(S3ObjectStore.class);
  }
}
