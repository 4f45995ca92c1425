package io.sluice.iceberg.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashesTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 1_000_000})
  void selectsTheHashesThatItHasAndNoOthers(long expected) {
    // Given
    Random random = new Random(expected);
    KeyHashes keys = new KeyHashes(expected);
    Set<Long> model =
        LongStream.concat(LongStream.of(0), random.longs(9_999))
            .boxed()
            .collect(Collectors.toSet());
    model.forEach(keys::add);
    model.forEach(keys::add);

    // When
    long[] asked =
        LongStream.concat(model.stream().mapToLong(hash -> hash), random.longs(10_000)).toArray();
    int[] selected = new int[asked.length];
    int count = keys.select(asked, asked.length, selected);

    // Then
    assertThat(keys.size()).isEqualTo(model.size());
    assertThat(Arrays.copyOf(selected, count))
        .containsExactly(
            IntStream.range(0, asked.length).filter(i -> model.contains(asked[i])).toArray());
  }

  @Test
  void doesNotHaveZeroUnlessItWasAdded() {
    KeyHashes keys = new KeyHashes(10);
    keys.add(64);
    keys.add(128);

    assertThat(keys.select(new long[] {0, 64}, 2, new int[2])).isEqualTo(1);
  }
}
