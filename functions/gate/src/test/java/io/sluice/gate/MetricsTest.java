package io.sluice.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.verdict.Gated;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric of snapshots and tables, against plain arithmetic over the lines that came in. */
class MetricsTest {
  private static final String[] GATES = {
    "{ metric: row_count, min: 0, action: warn }",
    "{ name: table_rows, metric: row_count, min: 0, layer: serving, action: warn }",
    "{ metric: row_count_delta, max: 9, action: warn }",
    "{ metric: reject_rate, max: 1, action: warn }",
    "{ metric: duplicate_rate, max: 1, action: warn }",
    "{ metric: conflict_rate, max: 1, action: warn }",
    "{ metric: freshness, max: 900d, action: warn }",
    "{ name: fresh_rows, metric: freshness, max: 900d, layer: curated, action: warn }",
    "{ metric: late_rate, late_after: 12h, max: 1, action: warn }",
    "{ metric: partition_skew, max: 99, action: warn }",
    "{ metric: file_count, max: 99, action: warn }",
    "{ name: table_files, metric: file_count, max: 999, layer: serving, action: warn }",
    "{ metric: schema_hash, action: warn }",
    "{ metric: drift_amount, max: 9, action: warn }",
  };
  private static final Duration LATE = Duration.ofHours(12);

  /** One line of an input. */
  private record Order(String id, String region, Instant at, double amount) {
    String key() {
      return id + region;
    }

    String partition() {
      return LocalDate.ofInstant(at, ZoneOffset.UTC) + region;
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"id\":\"%s\",\"region\":\"%s\",\"at\":%d,\"amount\":%s}",
          id,
          region,
          at.toEpochMilli(),
          amount);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void countsWhatPlainArithmeticOverTheLinesCounts(long seed) {
    // Given
    Random random = new Random(seed);
    GateLake lake = new GateLake(GATES);
    List<Order> before = orders(random, lake.lake().now(), 40 + random.nextInt(20));
    lake.gate(lake.add(lines(before, 0)));
    List<Order> orders = orders(random, lake.lake().now(), 60 + random.nextInt(40));
    int rejected = 3 + random.nextInt(5);

    // When
    Map<String, Double> values = values(lake, lake.add(lines(orders, rejected)));

    // Then
    Map<String, Order> table = byKey(Stream.of(before));
    List<Order> added = new ArrayList<>();
    Map<String, Order> now = new LinkedHashMap<>(table);
    int duplicate = 0;
    int conflicting = 0;
    for (Order order : orders) {
      Order there = now.putIfAbsent(order.key(), order);
      if (there == null) {
        added.add(order);
      } else if (there.equals(order)) {
        duplicate++;
      } else {
        conflicting++;
      }
    }
    double accepted = orders.size();
    assertThat(values).containsEntry("conservation", 0.0).containsEntry("schema_hash", 0.0);
    assertThat(values).containsEntry("row_count", (double) added.size());
    assertThat(values).containsEntry("table_rows", (double) now.size());
    assertThat(values).containsEntry("reject_rate", rejected / (accepted + rejected));
    assertThat(values).containsEntry("duplicate_rate", duplicate / accepted);
    assertThat(values).containsEntry("conflict_rate", conflicting / accepted);
    assertThat(values)
        .containsEntry("row_count_delta", Math.abs(accepted - before.size()) / before.size());
    Instant landed = lake.lake().now();
    assertThat(values.get("freshness")).isEqualTo(age(now.values(), landed), within(1e-6));
    assertThat(values.get("fresh_rows")).isEqualTo(age(added, landed), within(1e-6));
    assertThat(values)
        .containsEntry(
            "late_rate",
            (double) added.stream().filter(each -> each.at().isBefore(landed.minus(LATE))).count()
                / added.size());
    Map<String, Long> partitions = count(added, Order::partition);
    assertThat(values)
        .containsEntry("file_count", (double) partitions.size())
        .containsEntry(
            "table_files",
            (double) partitions.size() + count(table.values(), Order::partition).size());
    assertThat(values.get("partition_skew"))
        .isEqualTo(
            partitions.values().stream().mapToLong(rows -> rows).max().orElseThrow()
                / ((double) added.size() / partitions.size()),
            within(1e-9));
    assertThat(values.get("drift_amount"))
        .isEqualTo(
            stability(count(added, Order::amount), count(table.values(), Order::amount)),
            within(1e-9));
  }

  @Test
  void takesTheMedianOverTheBatchesOfUsualSnapshots() {
    // Given
    GateLake lake = new GateLake("{ metric: row_count_delta, max: 99, action: warn }");
    Random random = new Random(5);
    for (int size : new int[] {10, 11, 400, 12}) {
      lake.gate(lake.add(lines(orders(random, lake.lake().now(), size), 0)));
    }

    // When
    Map<String, Double> values =
        values(lake, lake.add(lines(orders(random, lake.lake().now(), 23), 0)));

    // Then
    assertThat(values).containsEntry("row_count_delta", (23 - 11.5) / 11.5);
  }

  /** The population stability index, by its definition over the values themselves. */
  private static double stability(Map<Double, Long> here, Map<Double, Long> usual) {
    double index = 0;
    for (Double value : usual.keySet()) {
      double p = share(here, value);
      double q = share(usual, value);
      index += (p - q) * Math.log(p / q);
    }
    return index;
  }

  private static double share(Map<Double, Long> counts, Double value) {
    long all = counts.values().stream().mapToLong(count -> count).sum();
    return (double) counts.getOrDefault(value, 0L) / all;
  }

  private static double age(Collection<Order> orders, Instant now) {
    return orders.stream()
        .mapToDouble(order -> Duration.between(order.at(), now).toMillis() / 1e3)
        .min()
        .orElseThrow();
  }

  private static <T> Map<T, Long> count(Collection<Order> orders, Function<Order, T> of) {
    return orders.stream().collect(Collectors.groupingBy(of, Collectors.counting()));
  }

  private static Map<String, Order> byKey(Stream<List<Order>> orders) {
    Map<String, Order> byKey = new LinkedHashMap<>();
    orders.flatMap(List::stream).forEach(order -> byKey.putIfAbsent(order.key(), order));
    return byKey;
  }

  /** Orders of three days and three regions, some of them twice, some under a key that is there. */
  private static List<Order> orders(Random random, Instant now, int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Order order =
          new Order(
              "" + random.nextInt(5 * count),
              List.of("eu", "us", "ap").get(random.nextInt(3)),
              now.minus(Duration.ofMinutes(random.nextInt(3 * 24 * 60))),
              1 << random.nextInt(4));
      orders.add(i % 7 == 6 ? orders.get(random.nextInt(i)) : order);
    }
    return orders;
  }

  private static String[] lines(List<Order> orders, int rejected) {
    return Stream.concat(
            orders.stream().map(Order::json), Stream.generate(() -> "nonsense").limit(rejected))
        .toArray(String[]::new);
  }

  private static Map<String, Double> values(GateLake lake, SnapshotId snapshot) {
    Gated.Published published = (Gated.Published) lake.gate(snapshot);
    return published.verdicts().getLast().results().stream()
        .filter(result -> result.measurement() instanceof Measurement.Known)
        .collect(
            Collectors.toMap(
                (GateResult result) -> result.terms().name(),
                result -> ((Measurement.Known) result.measurement()).value()));
  }
}
