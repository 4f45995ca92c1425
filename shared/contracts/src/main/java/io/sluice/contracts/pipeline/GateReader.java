package io.sluice.contracts.pipeline;

import static java.util.stream.Collectors.joining;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.GateAction;
import io.sluice.core.gate.GateRule;
import io.sluice.core.gate.GateRule.FirstRun;
import io.sluice.core.gate.GateTerms;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.gate.Severity;
import io.sluice.core.gate.SnapshotMetric;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the gates of a declaration, and refuses what could not be evaluated. */
final class GateReader {
  static final Shape SHAPE = new Shape.Many(new Shape.Section(keys()));

  /** A name stands in the keys of objects; 200 characters leave room for what stands around it. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

  private static final List<String> PARAMETERS =
      List.of(
          "where",
          "values",
          "pattern",
          "fields",
          "references",
          "late_after",
          "baseline",
          "without_baseline");

  private final Contract contract;
  private final Problems problems;
  private final MetricReader metrics;
  private final BoundsReader bounds;
  private final Set<String> names = new HashSet<>();

  GateReader(Contract contract, FieldPath eventTime, Problems problems) {
    this.contract = contract;
    this.problems = problems;
    this.metrics = new MetricReader(contract, eventTime, problems);
    this.bounds = new BoundsReader(problems);
    names.add(SnapshotMetric.CONSERVATION.word());
  }

  private static Map<String, Shape> keys() {
    Map<String, Shape> keys = new TreeMap<>();
    for (String text :
        List.of(
            "name",
            "metric",
            "threshold",
            "min",
            "max",
            "layer",
            "severity",
            "action",
            "pattern",
            "late_after",
            "without_baseline")) {
      keys.put(text, Shape.TEXT);
    }
    keys.put("between", Shape.TEXTS);
    keys.put("values", Shape.TEXTS);
    keys.put("fields", Shape.TEXTS);
    keys.put("baseline", new Shape.Section(Map.of("snapshots", Shape.NUMBER)));
    keys.put("where", new Shape.Section(Map.of("field", Shape.TEXT, "values", Shape.TEXTS)));
    keys.put(
        "references", new Shape.Section(Map.of("pipeline", Shape.TEXT, "fields", Shape.TEXTS)));
    return keys;
  }

  List<GateRule> read(List<Declaration> declared) {
    List<GateRule> gates = new ArrayList<>();
    for (Declaration gate : declared) {
      Optional<Word> word = gate.required("metric", problems);
      Optional<MetricReader.Draft> draft = word.flatMap(each -> metrics.read(gate, each));
      Optional<Bounds> limits =
          draft.flatMap(each -> bounds(gate, word.orElseThrow(), each.scale()));
      Optional<GateAction> action =
          gate.required("action", problems)
              .flatMap(each -> choose(each, GateAction.values(), GateAction::word));
      if (limits.isPresent() && action.isPresent()) {
        Metric metric = draft.orElseThrow().metric().apply(limits.get());
        requireMeaning(gate, metric, action.get());
        gates.add(
            new GateRule(
                terms(gate, metric, limits.get(), action.get()),
                metric,
                where(gate),
                firstRun(gate)));
      }
    }
    return gates;
  }

  private Optional<Bounds> bounds(Declaration gate, Word metric, GateScale scale) {
    boolean isBare =
        List.of("threshold", "min", "max", "between").stream()
            .allMatch(key -> gate.lineOf(key).isEmpty());
    return metric.text().equals("schema_hash") && isBare
        ? Optional.of(Bounds.atMost(0))
        : bounds.read(gate, scale);
  }

  private GateTerms terms(Declaration gate, Metric metric, Bounds limits, GateAction action) {
    Severity severity =
        gate.word("severity")
            .flatMap(each -> choose(each, Severity.values(), Severity::word))
            .orElse(action.severity());
    return new GateTerms(
        name(gate, metric), metric.word(), limits, action, severity, layer(gate, metric));
  }

  private String name(Declaration gate, Metric metric) {
    Optional<Word> declared = gate.word("name");
    String name = declared.map(Word::text).orElse(metric.word());
    Word word = declared.orElseGet(() -> new Word(gate.pathOf("name"), name, gate.line()));
    if (!NAME.matcher(name).matches()) {
      problems.invalid(word, "letters, digits, dots, hyphens and underscores, at most 200");
    } else if (!names.add(name)) {
      problems.invalid(word, "another gate has this name; a name of its own is wanted");
    }
    return name;
  }

  private Layer layer(Declaration gate, Metric metric) {
    Optional<Word> word = gate.word("layer");
    Layer layer =
        word.flatMap(each -> choose(each, Layer.values(), Layer::word)).orElse(metric.layer());
    if (layer == Layer.RAW && !canLand(metric)) {
      problems.invalid(
          word.orElseThrow(), metric.word() + " is not known before the batch is curated");
    } else if (layer == Layer.SERVING && !canServe(metric)) {
      problems.invalid(word.orElseThrow(), metric.word() + " is known of what a snapshot adds");
    }
    return layer;
  }

  /** What land counts anyway. */
  private static boolean canLand(Metric metric) {
    return switch (metric) {
      case SnapshotMetric counted ->
          counted == SnapshotMetric.ROW_COUNT || counted == SnapshotMetric.REJECT_RATE;
      case Metric.Column column ->
          column.measure() instanceof ColumnMeasure.Statistic statistic
              && statistic.kind() == ColumnMeasure.Kind.NULL_RATE;
      case Metric.Freshness ignored -> false;
      case Metric.Referential ignored -> false;
      case Metric.RowCountDelta ignored -> false;
      case Metric.LateRate ignored -> false;
      case Metric.SchemaHash ignored -> false;
      case Metric.Drift ignored -> false;
    };
  }

  private static boolean canServe(Metric metric) {
    return switch (metric) {
      case SnapshotMetric counted ->
          counted == SnapshotMetric.ROW_COUNT || counted == SnapshotMetric.FILE_COUNT;
      case Metric.Freshness ignored -> true;
      case Metric.Referential ignored -> true;
      case Metric.Column ignored -> false;
      case Metric.RowCountDelta ignored -> false;
      case Metric.LateRate ignored -> false;
      case Metric.SchemaHash ignored -> false;
      case Metric.Drift ignored -> false;
    };
  }

  private RowFilter where(Declaration gate) {
    if (gate.lineOf("where").isEmpty()) {
      return new RowFilter.All();
    }
    Declaration where = gate.section("where");
    List<Word> values = where.words("values");
    if (values.isEmpty()) {
      problems.invalid(where.line(), where.pathOf("values") + " is missing or empty");
    }
    Optional<ContractField> field =
        where
            .required("field", problems)
            .flatMap(
                word ->
                    ContractFields.find(contract, word.text(), word, problems)
                        .filter(found -> isSingle(found, word)));
    return field
        .<RowFilter>map(
            found ->
                new RowFilter.Having(
                    found.path(), new TreeSet<>(values.stream().map(Word::text).toList())))
        .orElseGet(RowFilter.All::new);
  }

  private boolean isSingle(ContractField field, Word word) {
    if (!field.isPrimitive()) {
      problems.invalid(word, "a " + field.typeName() + "; a single value is wanted");
    }
    return field.isPrimitive();
  }

  private FirstRun firstRun(Declaration gate) {
    return gate.word("without_baseline")
        .flatMap(
            each -> choose(each, FirstRun.values(), way -> way.name().toLowerCase(Locale.ROOT)))
        .orElse(FirstRun.PASS);
  }

  /** Refuses keys that the metric would ignore, and an action that means nothing for it. */
  private void requireMeaning(Declaration gate, Metric metric, GateAction action) {
    Set<String> meant = new TreeSet<>(meant(metric));
    for (String key : PARAMETERS) {
      if (!meant.contains(key)) {
        gate.lineOf(key)
            .ifPresent(
                line ->
                    problems.invalid(
                        line, gate.pathOf(key) + " means nothing for " + metric.word()));
      }
    }
    boolean isRaw = gate.word("layer").filter(each -> each.text().equals("raw")).isPresent();
    if (isRaw && action != GateAction.QUARANTINE) {
      problems.invalid(gate.line(), "a batch in layer raw is held, by action quarantine only");
    }
    if (isRaw && gate.lineOf("where").isPresent()) {
      problems.invalid(gate.line(), gate.pathOf("where") + " means nothing in layer raw");
    }
    if (action == GateAction.REGISTRY_VALIDATION && !(metric instanceof Metric.SchemaHash)) {
      problems.invalid(gate.line(), action.word() + " is an action of schema_hash only");
    }
  }

  private static List<String> meant(Metric metric) {
    return switch (metric) {
      case Metric.Column column ->
          switch (column.measure()) {
            case ColumnMeasure.InSet ignored -> List.of("where", "values");
            case ColumnMeasure.Matching ignored -> List.of("where", "pattern");
            case ColumnMeasure.Uniqueness ignored ->
                column.word().equals("uniqueness") ? List.of("where", "fields") : List.of("where");
            case ColumnMeasure.Statistic ignored -> List.of("where");
            case ColumnMeasure.Length ignored -> List.of("where");
            case ColumnMeasure.Before ignored -> List.of();
            case ColumnMeasure.Spread ignored -> List.of();
          };
      case Metric.LateRate ignored -> List.of("where", "late_after");
      case Metric.RowCountDelta ignored -> List.of("baseline", "without_baseline");
      case Metric.Drift ignored -> List.of("where", "baseline", "without_baseline");
      case Metric.Referential ignored -> List.of("fields", "references");
      case Metric.Freshness ignored -> List.of();
      case Metric.SchemaHash ignored -> List.of();
      case SnapshotMetric ignored -> List.of();
    };
  }

  private <T> Optional<T> choose(Word word, T[] values, Function<T, String> text) {
    Optional<T> chosen =
        Arrays.stream(values).filter(each -> text.apply(each).equals(word.text())).findFirst();
    if (chosen.isEmpty()) {
      problems.invalid(
          word, Arrays.stream(values).map(text).collect(joining(", ", "one of ", " is wanted")));
    }
    return chosen;
  }
}
