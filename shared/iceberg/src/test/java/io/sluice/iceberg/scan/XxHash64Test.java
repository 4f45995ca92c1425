package io.sluice.iceberg.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;

class XxHash64Test {
  private final BlockSplitBloomFilter parquet = new BlockSplitBloomFilter(1024);

  @Test
  void isTheHashOfParquetsBloomFilters() {
    Random random = new Random(11);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length + 3];
      random.nextBytes(bytes);
      assertThat(XxHash64.of(bytes, 3, length))
          .as("%d bytes", length)
          .isEqualTo(parquet.hash(Binary.fromConstantByteArray(bytes, 3, length)));
      long number = random.nextLong();
      assertThat(XxHash64.of(number)).isEqualTo(parquet.hash(number));
      assertThat(XxHash64.of((int) number)).isEqualTo(parquet.hash((int) number));
    }
  }
}
