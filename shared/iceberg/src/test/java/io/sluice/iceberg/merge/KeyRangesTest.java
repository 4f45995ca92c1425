package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the type of a key and whatever the files it is in: no key that is there is missed. */
class KeyRangesTest {
  private static final int BATCHES = 4;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"string\"                                             | k              | 300 | 1",
        "\"string\"                                             | k              | 30  | 2",
        "\"string\"                                             | `bucket(4, k)`   | 300 | 3",
        "\"string\"                                             | `truncate(2, k)` | 300 | 4",
        "\"long\"                                               | `bucket(4, k)`   | 300 | 5",
        "\"int\"                                                | `truncate(10, k)` | 40 | 6",
        "\"string\"                                             | `bucket(4, k)`   | 9000 | 14",
        "\"long\"                                               | `bucket(4, k)`   | 9000 | 15",
        "{\"type\":\"string\",\"logicalType\":\"uuid\"}         | `bucket(4, k)`   | 9000 | 16",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | `bucket(4, k)` | 9000 | 17",
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":3}"
            + "                                                 | `bucket(4, k)`   | 9000 | 18",
        "\"boolean\"                                            | k              | 2   | 7",
        "{\"type\":\"string\",\"logicalType\":\"uuid\"}         | `bucket(4, k)`   | 300 | 8",
        "{\"type\":\"string\",\"logicalType\":\"uuid\"}         | `bucket(2, k)`   | 20  | 9",
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":3}"
            + "                                                 | `bucket(4, k)`   | 300 | 10",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}"
            + "                                                 | `hour(k)`        | 300 | 11",
        "{\"type\":\"int\",\"logicalType\":\"date\"}            | `month(k)`       | 300 | 12",
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\",\"C\"]} | k   | 3   | 13",
      })
  void neverMissAKeyThatIsThere(String type, String partition, int keys, long seed) {
    // Given
    Random random = new Random(seed);
    TestLake lake = new TestLake();
    Pipeline pipeline = declare(lake, type, partition);
    IcebergTable table = lake.table(pipeline);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      values.add("{\"k\":" + value(type, i, random) + ",\"at\":1767225600000}");
    }
    Collections.shuffle(values, random);
    for (int batch = 0; batch < BATCHES; batch++) {
      List<String> part = values.subList(batch * keys / BATCHES, (batch + 1) * keys / BATCHES);
      LandedBatch landed = lake.land(pipeline, "" + batch, part.toArray(String[]::new));
      table.commit(table.stage(table.head(), List.of(landed)));
    }
    int there = lake.rows(pipeline, "audit").size();

    // When
    Collections.shuffle(values, random);
    LandedBatch again = lake.land(pipeline, "again", values.toArray(String[]::new));
    StagedMerge merge = table.stage(table.head(), List.of(again));

    // Then
    assertThat(again.manifest().counts().accepted()).isEqualTo(keys);
    assertThat(there).isPositive();
    assertThat(Objects.requireNonNull(merge.accounts().get(again.id())).merged().duplicate())
        .as("seed " + seed)
        .isEqualTo(keys);
  }

  private static Pipeline declare(TestLake lake, String type, String partition) {
    return lake.declare(
        "keys",
        """
        pipeline: { name: keys, version: "1", owner: test }
        ingestion: { source: s3, format: ndjson, contract: contract.avsc }
        transformation: { idempotency_key: [k], event_time: at, partitions: ["%s"] }
        storage: { format: iceberg }
        """
            .formatted(partition),
        """
        {"type": "record", "name": "Key", "fields": [
          {"name": "k", "type": %s},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """
            .formatted(type));
  }

  /** The {@code i}th of a set of values that lie close together and far apart. */
  private static String value(String type, int i, Random random) {
    if (type.contains("uuid")) {
      return '"' + new UUID(random.nextLong(), random.nextLong()).toString() + '"';
    }
    if (type.contains("decimal")) {
      return BigDecimal.valueOf(random.nextLong(), 3).toPlainString();
    }
    if (type.contains("timestamp-millis")) {
      return Long.toString(random.nextLong() >> random.nextInt(23, 60));
    }
    if (type.contains("timestamp") || type.equals("\"long\"")) {
      return Long.toString(random.nextLong() >> random.nextInt(13, 60));
    }
    if (type.contains("enum")) {
      return '"' + List.of("A", "B", "C").get(i) + '"';
    }
    return switch (type) {
      case "\"boolean\"" -> Boolean.toString(i == 0);
      case "\"string\"" -> string(i, random);
      default -> String.format(Locale.ROOT, "%d", random.nextInt(-700_000, 2_900_000));
    };
  }

  /** A string that shares a long beginning with others, or has characters of every plane. */
  private static String string(int i, Random random) {
    StringBuilder text = new StringBuilder("\"");
    if (random.nextBoolean()) {
      text.append("a beginning longer than bounds are kept ");
    }
    for (int length = random.nextInt(4); length > 0; length--) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> 0x1F300 + random.nextInt(100);
            case 1 -> 0xFF00 + random.nextInt(0xEF);
            case 2 -> 0x7F + random.nextInt(3);
            default -> 'a' + random.nextInt(26);
          });
    }
    return text.append(i).append('"').toString();
  }
}
