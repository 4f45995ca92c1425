package io.sluice.contracts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
  @Test
  void holdsWhatASetHolds() {
    // Given
    Random random = new Random(7);
    SeenKeys seen = new SeenKeys();
    Set<List<Long>> set = new HashSet<>();

    for (int i = 0; i < 20_000; i++) {
      // When
      long high = random.nextInt(100);
      long low = random.nextInt(100) + 1L;
      boolean before = seen.contains(high, low);
      seen.add(high, low);

      // Then
      assertThat(before).isNotEqualTo(set.add(List.of(high, low)));
      assertThat(seen.size()).isEqualTo(set.size());
    }
  }
}
