package io.sluice.iceberg.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.SnapshotMeasures.AddedFiles;
import io.sluice.core.port.SnapshotMeasures.Totals;
import io.sluice.iceberg.table.IcebergTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnMeasuresTest {
  private static final RowFilter ALL = new RowFilter.All();
  private static final RowFilter EU_2 =
      new RowFilter.Having(FieldPath.parse("site"), Set.of("eu-2"));

  private final ReadingsLake lake = new ReadingsLake();
  private final Pipeline pipeline = lake.declare("readings");
  private final IcebergTable table = lake.table(pipeline);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void countsWhatPlainArithmeticOverTheRowsCounts(long seed) {
    // Given
    Random random = new Random(seed);
    commit(random, 1_000, 30);
    List<Reading> rows = rows(random, 0, 200 + random.nextInt(200));
    SnapshotId snapshot = commit(rows);
    List<String> sites = rows.stream().flatMap(row -> row.site().stream()).toList();

    // Then
    assertThat(value(snapshot, statistic(Kind.NULL_RATE, "site")))
        .isEqualTo(share(rows, row -> row.site().isEmpty()));
    assertThat(value(snapshot, statistic(Kind.NULL_RATE, "place")))
        .isEqualTo(share(rows, row -> row.room().isEmpty()));
    assertThat(value(snapshot, statistic(Kind.NULL_RATE, "place.room")))
        .isEqualTo(share(rows, row -> row.room().isEmpty()));
    assertThat(value(snapshot, statistic(Kind.DISTINCT, "site")))
        .isEqualTo((double) sites.stream().distinct().count());
    assertThat(value(snapshot, statistic(Kind.DISTINCT, "price")))
        .isEqualTo((double) rows.stream().map(Reading::cents).distinct().count());
    assertThat(value(snapshot, new ColumnMeasure.InSet(path("site"), Set.of("eu-1", "Zürich 😀"))))
        .isEqualTo(share(sites, site -> site.equals("eu-1") || site.startsWith("Z")));
    assertThat(value(snapshot, new ColumnMeasure.InSet(path("price"), Set.of("1", "2.5"))))
        .isEqualTo(share(rows, row -> row.cents() == 100 || row.cents() == 250));
    assertThat(value(snapshot, new ColumnMeasure.Matching(path("site"), "[a-z]+-\\d")))
        .isEqualTo(share(sites, site -> site.startsWith("eu-")));
    assertThat(
            value(
                snapshot,
                new ColumnMeasure.Before(path("at"), Reading.START.plusMillis(Reading.DAY))))
        .isEqualTo(share(rows, row -> row.at() < Reading.START.toEpochMilli() + Reading.DAY));
    assertThat(value(snapshot, new ColumnMeasure.Length(path("site"), Bounds.atMost(3))))
        .isEqualTo(
            sites.stream().mapToInt(site -> site.codePointCount(0, site.length())).max().orElse(0));
    assertThat(value(snapshot, new ColumnMeasure.Length(path("site"), new Bounds(5, 99))))
        .isEqualTo(4);
    assertThat(value(snapshot, new ColumnMeasure.Uniqueness(List.of(path("id"))))).isEqualTo(1);
    List<String> keys =
        rows.stream()
            .filter(row -> row.site().isPresent() && row.room().isPresent())
            .map(row -> row.site().get() + row.room().get())
            .toList();
    assertThat(
            value(
                snapshot, new ColumnMeasure.Uniqueness(List.of(path("site"), path("place.room")))))
        .isEqualTo((double) Set.copyOf(keys).size() / keys.size());
  }

  @Test
  void answersQuestionsThatShareACountEachAsIfItWereAlone() {
    // Given
    SnapshotId snapshot = commit(rows(new Random(7), 0, 3_000));
    List<ColumnQuestion> questions =
        Stream.of(
                statistic(Kind.DISTINCT, "site"),
                new ColumnMeasure.Uniqueness(List.of(path("site"))),
                statistic(Kind.DISTINCT, "price"),
                new ColumnMeasure.Uniqueness(List.of(path("id"))),
                statistic(Kind.DISTINCT, "site"))
            .flatMap(
                measure ->
                    Stream.of(new ColumnQuestion(measure, ALL), new ColumnQuestion(measure, EU_2)))
            .toList();

    // Then
    assertThat(table.measures().measure(snapshot, questions))
        .containsExactlyElementsOf(
            questions.stream()
                .map(question -> table.measures().measure(snapshot, List.of(question)).getFirst())
                .toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsTheExtremesAndTheMeanFromStatisticsAndByScan(long seed) {
    // Given
    Random random = new Random(seed);
    commit(random, 1_000, 30);
    List<Reading> rows = rows(random, 0, 300);
    SnapshotId snapshot = commit(rows);
    List<Reading> filtered = rows.stream().filter(Reading::isAtEu2).toList();

    // Then
    for (RowFilter where : List.of(ALL, EU_2)) {
      List<Reading> expected = where.equals(ALL) ? rows : filtered;
      assertThat(value(snapshot, statistic(Kind.LEAST, "value"), where))
          .isEqualTo(values(expected).min().orElseThrow());
      assertThat(value(snapshot, statistic(Kind.GREATEST, "value"), where))
          .isEqualTo(values(expected).max().orElseThrow());
      assertThat(value(snapshot, statistic(Kind.MEAN, "value"), where))
          .isCloseTo(values(expected).average().orElseThrow(), within(1e-9));
      assertThat(value(snapshot, statistic(Kind.LEAST, "price"), where))
          .isEqualTo(expected.stream().mapToInt(Reading::cents).min().orElseThrow() / 100.0);
      assertThat(value(snapshot, statistic(Kind.GREATEST, "at"), where))
          .isEqualTo(expected.stream().mapToLong(Reading::at).max().orElseThrow() / 1e3);
      assertThat(value(snapshot, statistic(Kind.LEAST, "place.room"), where))
          .isEqualTo(
              expected.stream()
                  .flatMap(row -> row.room().stream())
                  .mapToInt(room -> room)
                  .min()
                  .orElseThrow());
      assertThat(value(snapshot, statistic(Kind.NULL_RATE, "value"), where))
          .isEqualTo(share(expected, row -> row.value().isEmpty()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void looksAtAddedRowsAndAtTheWholeTable(long seed) {
    // Given
    Random random = new Random(seed);
    List<Reading> before = rows(random, 1_000, 40);
    commit(before);
    List<Reading> rows = rows(random, 0, 60);
    SnapshotId snapshot = commit(rows);
    List<Reading> all = new ArrayList<>(before);
    all.addAll(rows);

    // Then
    Map<String, Long> byDay =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row ->
                        "partition_date="
                            + Instant.ofEpochMilli(row.at()).toString().substring(0, 10),
                    Collectors.counting()));
    AddedFiles added = table.measures().addedFiles(snapshot);
    Totals totals = table.measures().totals(snapshot);
    assertThat(added.rowsByPartition()).isEqualTo(byDay);
    assertThat(added.files()).isEqualTo(byDay.size());
    assertThat(totals.rows()).isEqualTo(100);
    assertThat(((Measurement.Known) table.measures().newest(snapshot, path("at"))).value())
        .isEqualTo(all.stream().mapToLong(Reading::at).max().orElseThrow() / 1e3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsKeysThatAnotherPipelineHasNotPublished(long seed) {
    // Given
    Random random = new Random(seed);
    Pipeline others = lake.declare("others");
    List<Reading> referenced = rows(random, 0, 50);
    IcebergTable other = lake.table(others);
    SnapshotId published = lake.commit(other, others, referenced);
    List<Reading> rows = rows(random, 30, 50);
    SnapshotId snapshot = commit(rows);
    Metric.Referential byId = reference("id");
    Metric.Referential bySiteAndRoom = reference("site", "place.room");

    // Then
    assertThat(table.measures().unreferenced(snapshot, Layer.CURATED, byId))
        .isInstanceOf(Measurement.Unknown.class);
    other.publish(published);
    for (Layer layer : List.of(Layer.CURATED, Layer.SERVING)) {
      assertThat(value(table.measures().unreferenced(snapshot, layer, byId))).isEqualTo(30 / 50.0);
      Set<String> there = keys(referenced);
      Set<String> wanted = keys(rows);
      assertThat(value(table.measures().unreferenced(snapshot, layer, bySiteAndRoom)))
          .isEqualTo(
              (double) wanted.stream().filter(key -> !there.contains(key)).count() / wanted.size());
    }
  }

  @Test
  void namesThePartitionsThatDriveARate() {
    // Given
    List<Reading> rows = new ArrayList<>();
    for (int day = 0; day < 3; day++) {
      for (int i = 0; i < 4; i++) {
        Optional<String> site = i < day * 2 ? Optional.empty() : Optional.of("eu-2");
        rows.add(
            new Reading(
                day * 10L + i,
                Reading.START.toEpochMilli() + day * Reading.DAY,
                site,
                Optional.of(1.0),
                1,
                Optional.empty()));
      }
    }

    // When
    SnapshotId snapshot = commit(rows);

    // Then
    Measurement measured =
        table
            .measures()
            .measure(snapshot, List.of(new ColumnQuestion(statistic(Kind.NULL_RATE, "site"), ALL)))
            .getFirst();
    assertThat(measured)
        .isEqualTo(
            new Measurement.Known(
                0.5,
                "6 of 12 added rows",
                List.of("partition_date=2026-01-03: 4 of 4", "partition_date=2026-01-02: 2 of 4"),
                Distribution.NONE));
  }

  @Test
  void hasNothingToSayOfNoValues() {
    // Given
    SnapshotId snapshot =
        commit(
            List.of(
                new Reading(
                    1,
                    Reading.START.toEpochMilli(),
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    Optional.empty())));

    // Then
    for (ColumnMeasure measure :
        List.of(
            statistic(Kind.LEAST, "value"),
            statistic(Kind.MEAN, "value"),
            new ColumnMeasure.Length(path("site"), Bounds.atLeast(1)))) {
      for (RowFilter where : List.of(ALL, EU_2)) {
        assertThat(table.measures().measure(snapshot, List.of(new ColumnQuestion(measure, where))))
            .containsExactly(new Measurement.Nothing("no added row has a value"));
      }
    }
  }

  @Test
  void addsDistributionsAndFindsThatTheyMoved() {
    // Given
    Random random = new Random(7);
    Distribution usual = spread(commit(random, 0, 500), "value");
    Distribution alike = spread(commit(random, 1_000, 500), "value");
    List<Reading> moved =
        rows(random, 2_000, 500).stream()
            .map(
                row ->
                    new Reading(
                        row.id(),
                        row.at(),
                        row.site(),
                        row.value().map(value -> value * 3 + 2_000),
                        row.cents(),
                        row.room()))
            .toList();

    // Then
    assertThat(usual.total()).isEqualTo(500);
    assertThat(usual.plus(alike).total()).isEqualTo(1_000);
    assertThat(usual.driftFrom(usual)).isZero();
    assertThat(alike.driftFrom(usual)).isLessThan(0.15);
    assertThat(spread(commit(moved), "value").driftFrom(usual.plus(alike))).isGreaterThan(0.5);
  }

  private Distribution spread(SnapshotId snapshot, String field) {
    return ((Measurement.Known)
            table
                .measures()
                .measure(
                    snapshot,
                    List.of(new ColumnQuestion(new ColumnMeasure.Spread(path(field)), ALL)))
                .getFirst())
        .distribution();
  }

  private static Set<String> keys(List<Reading> rows) {
    return rows.stream()
        .filter(row -> row.site().isPresent() && row.room().isPresent())
        .map(row -> row.site().get() + row.room().get())
        .collect(Collectors.toSet());
  }

  private static Metric.Referential reference(String... fields) {
    List<FieldPath> paths = Arrays.stream(fields).map(FieldPath::parse).toList();
    return new Metric.Referential(paths, new PipelineName("others"), paths);
  }

  private SnapshotId commit(Random random, int firstId, int count) {
    return commit(rows(random, firstId, count));
  }

  private SnapshotId commit(List<Reading> rows) {
    return lake.commit(table, pipeline, rows);
  }

  private static List<Reading> rows(Random random, int firstId, int count) {
    List<Reading> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Reading.random(random, firstId + i));
    }
    return rows;
  }

  private double value(SnapshotId snapshot, ColumnMeasure measure) {
    return value(snapshot, measure, ALL);
  }

  /** Asked among other questions, whose answers must not be mixed up. */
  private double value(SnapshotId snapshot, ColumnMeasure measure, RowFilter where) {
    List<Measurement> answers =
        table
            .measures()
            .measure(
                snapshot,
                List.of(
                    new ColumnQuestion(statistic(Kind.DISTINCT, "id"), ALL),
                    new ColumnQuestion(measure, where),
                    new ColumnQuestion(statistic(Kind.NULL_RATE, "id"), ALL)));
    assertThat(answers).hasSize(3);
    return value(answers.get(1));
  }

  private static double value(Measurement measurement) {
    return ((Measurement.Known) measurement).value();
  }

  private static ColumnMeasure statistic(Kind kind, String field) {
    return new ColumnMeasure.Statistic(kind, path(field));
  }

  private static FieldPath path(String field) {
    return FieldPath.parse(field);
  }

  private static DoubleStream values(List<Reading> rows) {
    return rows.stream().flatMap(row -> row.value().stream()).mapToDouble(value -> value);
  }

  private static <T> double share(List<T> rows, Predicate<T> counted) {
    return (double) rows.stream().filter(counted).count() / rows.size();
  }
}
