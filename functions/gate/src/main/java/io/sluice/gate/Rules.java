package io.sluice.gate;

import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateRule.FirstRun;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.SnapshotMetric;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.core.port.SnapshotMeasures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A pipeline's rules, and how each of their metrics is measured on a snapshot. Conservation is
 * always among them. All questions about columns are asked together.
 */
public final class Rules {
  private final List<GateRule> rules = new ArrayList<>();
  private final SnapshotMeasures table;
  private final SnapshotCounts counts;
  private final Baseline baseline;
  private final Function<ObjectName, Optional<Manifest>> manifests;
  private final Supplier<String> contract;

  /**
   * Conservation, then {@code declared} but for what land held against each batch.
   *
   * @param contract the fingerprint of the contract as it is declared, or registered, now
   * @param manifests reads a manifest; empty when it is not there
   * @param log where baselines are found
   */
  public Rules(
      List<GateRule> declared,
      Supplier<String> contract,
      AuditedTable table,
      Function<ObjectName, Optional<Manifest>> manifests,
      VerdictLog log) {
    rules.add(GateRule.CONSERVATION);
    declared.stream().filter(rule -> rule.terms().layer() != Layer.RAW).forEach(rules::add);
    this.table = table.measures();
    this.counts = new SnapshotCounts(this.table, manifests);
    this.baseline = new Baseline(table, log);
    this.manifests = manifests;
    this.contract = contract;
  }

  /** Every rule held against {@code snapshot} at the time {@code now}. */
  public List<GateResult> judge(AuditSnapshot snapshot, Instant now) {
    Map<GateRule, Measurement> columns = columns(snapshot);
    return rules.stream()
        .map(rule -> rule.terms().judge(measure(rule, snapshot, columns, now)))
        .toList();
  }

  private Measurement measure(
      GateRule rule, AuditSnapshot snapshot, Map<GateRule, Measurement> columns, Instant now) {
    return switch (rule.metric()) {
      case SnapshotMetric metric -> counts.measure(metric, rule.terms().layer(), snapshot);
      case Metric.Column ignored -> column(rule, columns);
      case Metric.LateRate ignored -> column(rule, columns);
      case Metric.RowCountDelta delta -> rowCountDelta(rule, delta, snapshot);
      case Metric.Drift drift -> drift(rule, drift, column(rule, columns));
      case Metric.Freshness freshness ->
          freshness(
              rule.terms().layer() == Layer.SERVING
                  ? table.newest(snapshot.id(), freshness.eventTime())
                  : column(rule, columns),
              now);
      case Metric.SchemaHash ignored -> schema(snapshot);
      case Metric.Referential reference ->
          table.unreferenced(snapshot.id(), rule.terms().layer(), reference);
    };
  }

  /** What columns say, by the rules that ask. */
  private Map<GateRule, Measurement> columns(AuditSnapshot snapshot) {
    Map<GateRule, ColumnQuestion> questions = new LinkedHashMap<>();
    for (GateRule rule : rules) {
      question(rule, snapshot)
          .ifPresent(asked -> questions.put(rule, new ColumnQuestion(asked, rule.where())));
    }
    List<Measurement> answers =
        questions.isEmpty()
            ? List.of()
            : table.measure(snapshot.id(), List.copyOf(questions.values()));
    Map<GateRule, Measurement> measured = new LinkedHashMap<>();
    for (GateRule rule : questions.keySet()) {
      measured.put(rule, answers.get(measured.size()));
    }
    return measured;
  }

  private Optional<ColumnMeasure> question(GateRule rule, AuditSnapshot snapshot) {
    return switch (rule.metric()) {
      case Metric.Column column -> Optional.of(column.measure());
      case Metric.LateRate late ->
          firstLanded(snapshot)
              .map(
                  landed -> new ColumnMeasure.Before(late.eventTime(), landed.minus(late.after())));
      case Metric.Drift drift -> Optional.of(new ColumnMeasure.Spread(drift.field()));
      case Metric.Freshness freshness ->
          Optional.of(new ColumnMeasure.Statistic(Kind.GREATEST, freshness.eventTime()))
              .<ColumnMeasure>map(greatest -> greatest)
              .filter(ignored -> rule.terms().layer() == Layer.CURATED);
      case SnapshotMetric ignored -> Optional.empty();
      case Metric.RowCountDelta ignored -> Optional.empty();
      case Metric.SchemaHash ignored -> Optional.empty();
      case Metric.Referential ignored -> Optional.empty();
    };
  }

  private static Measurement column(GateRule rule, Map<GateRule, Measurement> columns) {
    return Objects.requireNonNullElseGet(
        columns.get(rule), () -> new Measurement.Unknown("a manifest of the snapshot is missing"));
  }

  private Optional<Instant> firstLanded(AuditSnapshot snapshot) {
    List<Optional<Manifest>> landed =
        snapshot.manifests().values().stream().map(manifests).toList();
    return landed.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : landed.stream().map(each -> each.orElseThrow().landedAt()).min(Instant::compareTo);
  }

  private Measurement rowCountDelta(
      GateRule rule, Metric.RowCountDelta delta, AuditSnapshot snapshot) {
    Set<BatchId> replays = replays(snapshot);
    if (!replays.isEmpty() && replays.equals(snapshot.accounts().keySet())) {
      return new Measurement.Known(0, "all of it came out of quarantine, in any number");
    }
    List<AuditSnapshot> published = baseline.snapshots(delta.snapshots());
    OptionalDouble usual = Baseline.medianOfAccepted(published, Set.of());
    OptionalDouble actual = Baseline.medianOfAccepted(List.of(snapshot), replays);
    if (usual.isEmpty() || usual.getAsDouble() == 0) {
      return withoutBaseline(rule, 0);
    }
    if (actual.isEmpty()) {
      return new Measurement.Nothing("it has no batches");
    }
    return new Measurement.Known(
        Math.abs(actual.getAsDouble() - usual.getAsDouble()) / usual.getAsDouble(),
        String.format(
            Locale.ROOT,
            "median of %.1f records a batch, usually %.1f (%d published snapshots)",
            actual.getAsDouble(),
            usual.getAsDouble(),
            published.size()));
  }

  /** The batches whose size says nothing: records that somebody took out of quarantine. */
  private Set<BatchId> replays(AuditSnapshot snapshot) {
    return snapshot.manifests().entrySet().stream()
        .filter(
            entry ->
                manifests
                    .apply(entry.getValue())
                    .filter(manifest -> Layout.isReplay(manifest.source().name()))
                    .isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Measurement drift(GateRule rule, Metric.Drift drift, Measurement spread) {
    return switch (spread) {
      case Measurement.Known known -> drift(rule, drift, known.distribution());
      case Measurement.Nothing nothing -> nothing;
      case Measurement.Unknown unknown -> unknown;
    };
  }

  private Measurement drift(GateRule rule, Metric.Drift drift, Distribution here) {
    if (here.total() == 0) {
      return new Measurement.Nothing("no rows are added");
    }
    List<AuditSnapshot> published = baseline.snapshots(drift.snapshots());
    Distribution usual = baseline.distribution(rule.terms().name(), published);
    Measurement measured =
        usual.total() == 0
            ? withoutBaseline(rule, 0)
            : new Measurement.Known(
                here.driftFrom(usual),
                "%d rows against %d of %d published snapshots"
                    .formatted(here.total(), usual.total(), published.size()));
    return measured instanceof Measurement.Known known
        ? new Measurement.Known(known.value(), known.basis(), List.of(), here)
        : measured;
  }

  private static Measurement withoutBaseline(GateRule rule, double value) {
    return switch (rule.firstRun()) {
      case FirstRun.PASS ->
          new Measurement.Known(value, "nothing published yet to hold it against");
      case FirstRun.FAIL -> new Measurement.Unknown("nothing published yet to hold it against");
    };
  }

  private static Measurement freshness(Measurement newest, Instant now) {
    return switch (newest) {
      case Measurement.Known known -> {
        double seconds = now.getEpochSecond() + now.getNano() / 1e9 - known.value();
        Instant event = Instant.ofEpochMilli(Math.round(known.value() * 1e3));
        yield new Measurement.Known(
            seconds, "the newest event is of " + event + ", " + age(seconds) + " ago");
      }
      case Measurement.Nothing nothing -> nothing;
      case Measurement.Unknown unknown -> unknown;
    };
  }

  private static String age(double seconds) {
    return Duration.ofSeconds(Math.round(seconds))
        .toString()
        .substring("PT".length())
        .toLowerCase(Locale.ROOT);
  }

  private Measurement schema(AuditSnapshot snapshot) {
    List<String> differences = new ArrayList<>();
    String declared = contract.get();
    if (!snapshot.contract().equals(declared)) {
      differences.add("made under contract " + snapshot.contract() + ", declared is " + declared);
    }
    table.schemaDifference(snapshot.id()).ifPresent(differences::add);
    return new Measurement.Known(
        differences.size(),
        differences.isEmpty() ? "contract " + declared : String.join("; ", differences));
  }
}
