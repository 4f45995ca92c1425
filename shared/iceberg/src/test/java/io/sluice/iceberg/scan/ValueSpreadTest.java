package io.sluice.iceberg.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where scanned values are, held against the values: what is there is never left out. */
class ValueSpreadTest {
  private static final int VALUES = 300;

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("numbers far apart", Types.LongType.get(), Random::nextLong),
        kind("numbers close together", Types.LongType.get(), random -> random.nextLong(400)),
        kind(
            "the ends",
            Types.LongType.get(),
            r -> r.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE),
        kind("one value", Types.StringType.get(), random -> "same"),
        kind("texts that begin alike", Types.StringType.get(), r -> "order-" + r.nextInt(9_000)),
        kind(
            "texts of any length",
            Types.StringType.get(),
            r -> "ж".repeat(r.nextInt(9)) + r.nextInt(9)),
        kind("a text within another", Types.StringType.get(), r -> "a".repeat(r.nextInt(40))));
  }

  private static Arguments kind(String name, Type type, Function<Random, Object> value) {
    return Arguments.of(name, type, value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void neverLeavesOutWhatIsThere(String name, Type type, Function<Random, Object> value)
      throws IOException {
    Random random = new Random(name.hashCode());
    List<KeyValue> all = new ArrayList<>();
    List<Object> written = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      written.add(value.apply(random));
      all.add(KeyValue.of(written.getLast()));
    }
    WantedKeys wanted = collected(type, written);

    for (int i = 0; i < 2_000; i++) {
      KeyValue one = KeyValue.of(value.apply(random));
      KeyValue other = i % 3 == 0 ? one : KeyValue.of(value.apply(random));
      boolean inOrder = one.compareTo(other) < 0;
      KeyValue low = inOrder ? one : other;
      KeyValue high = inOrder ? other : one;
      boolean isThere = all.stream().anyMatch(v -> v.compareTo(low) >= 0 && v.compareTo(high) <= 0);
      if (isThere) {
        assertThat(wanted.field(0).mayBeWithin(low, high, null)).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void doesNotCoverMoreThanItsBounds(String name, Type type, Function<Random, Object> value)
      throws IOException {
    Random random = new Random(name.hashCode());
    List<Object> written = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      written.add(value.apply(random));
    }
    WantedKeys wanted = collected(type, written);
    KeyValue least = KeyValue.of(wanted.least(0, type).orElseThrow());
    KeyValue greatest = KeyValue.of(wanted.greatest(0, type).orElseThrow());

    for (int i = 0; i < 500; i++) {
      KeyValue one = KeyValue.of(value.apply(random));
      if (one.compareTo(least) < 0) {
        assertThat(wanted.field(0).cover(one, greatest)).isFalse();
        assertThat(wanted.field(0).mayBeWithin(one, one, null)).isFalse();
      }
      if (one.compareTo(greatest) > 0) {
        assertThat(wanted.field(0).cover(least, one)).isFalse();
        assertThat(wanted.field(0).mayBeWithin(one, one, null)).isFalse();
      }
    }
  }

  @Test
  void leavesNothingOutOfMoreRowGroupsThanItTellsApart() throws IOException {
    // Given
    WantedKeys wanted = new WantedKeys(1);
    for (long group = 0; group < 70; group++) {
      collect(Types.LongType.get(), List.of(10 * group), wanted);
    }

    // Then
    for (long group = 0; group < 70; group++) {
      KeyValue value = KeyValue.of(10 * group);
      assertThat(wanted.field(0).mayBeWithin(value, value, null)).isTrue();
    }
    KeyValue beyond = KeyValue.of(691L);
    assertThat(wanted.field(0).mayBeWithin(beyond, beyond, null)).isFalse();
  }

  /** The keys of a file with these values. */
  private static WantedKeys collected(Type type, List<Object> values) throws IOException {
    WantedKeys wanted = new WantedKeys(1);
    collect(type, values, wanted);
    return wanted;
  }

  private static void collect(Type type, List<Object> values, WantedKeys wanted)
      throws IOException {
    Schema schema = new Schema(Types.NestedField.required(1, "k", type));
    InMemoryOutputFile written = new InMemoryOutputFile();
    try (FileAppender<Record> appender =
        Parquet.write(written)
            .schema(schema)
            .setAll(Map.of("write.parquet.compression-codec", "zstd"))
            .createWriterFunc(GenericParquetWriter::create)
            .build()) {
      for (Object value : values) {
        GenericRecord row = GenericRecord.create(schema);
        row.setField("k", value);
        appender.add(row);
      }
    }
    try (ColumnFile file = ColumnFile.open(written.toInputFile())) {
      KeyScan.of(file, schema.columns()).orElseThrow().collect(0, wanted, (row, n, hashes) -> {});
    }
  }
}
