package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
  @Test
  void numbersKeysInTheOrderInWhichTheyComeFirst() {
    // Given
    Random random = new Random(7);
    KeyIndex index = new KeyIndex();
    Map<Fingerprint, Integer> model = new LinkedHashMap<>();

    // When
    for (int i = 0; i < 20_000; i++) {
      Fingerprint key = new Fingerprint(random.nextInt(9), random.nextInt(1_000) << 20);
      model.putIfAbsent(key, model.size());
      assertThat(index.add(key)).isEqualTo(model.get(key));
    }

    // Then
    assertThat(index.size()).isEqualTo(model.size());
    model.forEach(
        (key, number) -> {
          assertThat(index.find(key)).isEqualTo(number);
          assertThat(index.key(number)).isEqualTo(key);
        });
    assertThat(index.find(new Fingerprint(10, 0))).isEqualTo(-1);
  }
}
