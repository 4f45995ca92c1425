package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class HadoopDefaultsTest {
  @Test
  void configurationHasNothingButWhatIsSet() {
    // When
    Configuration bare = HadoopDefaults.without(() -> new Configuration());
    bare.set("parquet.compression", "zstd");

    // Then
    assertThat(bare).extracting(Map.Entry::getKey).containsExactly("parquet.compression");
    assertThat(bare.getClassByNameOrNull(HadoopDefaultsTest.class.getName()))
        .isEqualTo(HadoopDefaultsTest.class);
  }

  @Test
  void threadHasItsClassLoaderBack() {
    // Given
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    // When
    ClassLoader within =
        HadoopDefaults.without(() -> Thread.currentThread().getContextClassLoader());

    // Then
    assertThat(within).isNotEqualTo(before);
    assertThat(Thread.currentThread().getContextClassLoader()).isEqualTo(before);
  }
}
