package io.sluice.contracts.pipeline;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.SnapshotMetric;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.PipelineName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Reads what a gate measures, and refuses what its field cannot answer. */
final class MetricReader {
  /** How many published snapshots a baseline is taken from unless declared. */
  static final int BASELINE = 20;

  /** More would make every judgement read hundreds of verdicts, and remember last year's usual. */
  private static final int MOST_BASELINE = 100;

  private static final String UNIQUENESS = "uniqueness";
  private static final List<String> NAMES =
      List.of(
          "row_count_delta", "freshness", "late_rate", "schema_hash", "referential", UNIQUENESS);

  /** Longer before shorter where one is the beginning of the other. */
  private static final Map<String, Prefix> PREFIXES =
      Map.of(
          "null_rate_",
          new Prefix(GateScale.SHARE, Accepts.ANY),
          "distinct_",
          new Prefix(GateScale.COUNT, Accepts.SINGLE),
          "min_",
          new Prefix(GateScale.NUMBER, Accepts.ORDERED),
          "max_",
          new Prefix(GateScale.NUMBER, Accepts.ORDERED),
          "mean_",
          new Prefix(GateScale.NUMBER, Accepts.NUMBER),
          "in_set_",
          new Prefix(GateScale.GOOD_SHARE, Accepts.SINGLE),
          "pattern_rate_",
          new Prefix(GateScale.GOOD_SHARE, Accepts.TEXT),
          "length_",
          new Prefix(GateScale.COUNT, Accepts.TEXT),
          UNIQUENESS + "_",
          new Prefix(GateScale.GOOD_SHARE, Accepts.SINGLE),
          "drift_",
          new Prefix(GateScale.COUNT, Accepts.SINGLE));

  private final Contract contract;
  private final FieldPath eventTime;
  private final Problems problems;

  MetricReader(Contract contract, FieldPath eventTime, Problems problems) {
    this.contract = contract;
    this.eventTime = eventTime;
    this.problems = problems;
  }

  /** A metric but for its bounds, which some need to know. */
  record Draft(GateScale scale, Function<Bounds, Metric> metric) {}

  private record Prefix(GateScale scale, Accepts accepts) {}

  /** Which fields a metric can be asked of. */
  private enum Accepts {
    ANY("any field"),
    SINGLE("a single value"),
    ORDERED("a number, a date or a timestamp"),
    NUMBER("a number"),
    TEXT("a string");

    private final String wanted;

    Accepts(String wanted) {
      this.wanted = wanted;
    }

    boolean takes(ContractField field) {
      return switch (this) {
        case ANY -> true;
        case SINGLE -> field.isPrimitive();
        case ORDERED -> isNumber(field) || isTime(field);
        case NUMBER -> isNumber(field);
        case TEXT ->
            field.type().getType() == Schema.Type.ENUM || field.typeName().equals("string");
      };
    }
  }

  /** The metric of {@code gate}; nothing, and a problem, when there is none. */
  Optional<Draft> read(Declaration gate, Word word) {
    String text = word.text();
    for (SnapshotMetric metric : SnapshotMetric.values()) {
      if (metric.word().equals(text)) {
        return counted(metric, word);
      }
    }
    for (Map.Entry<String, Prefix> each : PREFIXES.entrySet()) {
      if (text.startsWith(each.getKey())) {
        return field(text.substring(each.getKey().length()), word, each.getValue().accepts)
            .flatMap(field -> ofColumn(gate, word, each, field));
      }
    }
    return switch (text) {
      case "row_count_delta" -> {
        int snapshots = baseline(gate);
        yield draft(GateScale.COUNT, ignored -> new Metric.RowCountDelta(snapshots));
      }
      case "freshness" -> draft(GateScale.DURATION, ignored -> new Metric.Freshness(eventTime));
      case "late_rate" ->
          lateAfter(gate)
              .flatMap(
                  after ->
                      draft(GateScale.SHARE, ignored -> new Metric.LateRate(eventTime, after)));
      case "schema_hash" -> draft(GateScale.COUNT, ignored -> new Metric.SchemaHash());
      case "referential" -> referential(gate, word);
      case UNIQUENESS -> uniqueness(gate, word);
      default -> {
        problems.invalid(word, "there is no such metric" + Suggestion.of(text, names()));
        yield Optional.empty();
      }
    };
  }

  private Optional<Draft> counted(SnapshotMetric metric, Word word) {
    return switch (metric) {
      case CONSERVATION -> {
        problems.unavailable(word, "conservation is always on, with its own limit");
        yield Optional.empty();
      }
      case REJECT_RATE, DUPLICATE_RATE, CONFLICT_RATE -> draft(GateScale.SHARE, ignored -> metric);
      case ROW_COUNT, PARTITION_SKEW, FILE_COUNT -> draft(GateScale.COUNT, ignored -> metric);
    };
  }

  private Optional<Draft> ofColumn(
      Declaration gate, Word word, Map.Entry<String, Prefix> prefix, ContractField field) {
    FieldPath path = field.path();
    GateScale scale = isTime(field) ? GateScale.TIME : prefix.getValue().scale();
    return switch (prefix.getKey()) {
      case "null_rate_" -> statistic(word, Kind.NULL_RATE, path, GateScale.SHARE);
      case "distinct_" -> statistic(word, Kind.DISTINCT, path, GateScale.COUNT);
      case "min_" -> statistic(word, Kind.LEAST, path, scale);
      case "max_" -> statistic(word, Kind.GREATEST, path, scale);
      case "mean_" -> statistic(word, Kind.MEAN, path, GateScale.NUMBER);
      case "in_set_" ->
          values(gate, "values")
              .flatMap(set -> measured(word, prefix, new ColumnMeasure.InSet(path, set)));
      case "pattern_rate_" ->
          pattern(gate)
              .flatMap(text -> measured(word, prefix, new ColumnMeasure.Matching(path, text)));
      case "length_" ->
          draft(
              GateScale.COUNT,
              bounds -> new Metric.Column(word.text(), new ColumnMeasure.Length(path, bounds)));
      case "drift_" -> {
        int snapshots = baseline(gate);
        yield draft(GateScale.COUNT, ignored -> new Metric.Drift(path, snapshots));
      }
      default -> measured(word, prefix, new ColumnMeasure.Uniqueness(List.of(path)));
    };
  }

  private Optional<Draft> uniqueness(Declaration gate, Word word) {
    List<FieldPath> fields = fields(gate);
    return fields.isEmpty()
        ? Optional.empty()
        : draft(
            GateScale.GOOD_SHARE,
            ignored -> new Metric.Column(word.text(), new ColumnMeasure.Uniqueness(fields)));
  }

  private Optional<Draft> referential(Declaration gate, Word word) {
    List<FieldPath> fields = fields(gate);
    Declaration references = gate.section("references");
    Optional<PipelineName> pipeline =
        references.required("pipeline", problems).flatMap(this::pipelineName);
    List<FieldPath> referenced =
        references.words("fields").stream().map(Word::text).map(FieldPath::parse).toList();
    if (fields.isEmpty() || pipeline.isEmpty()) {
      return Optional.empty();
    }
    if (fields.size() != referenced.size()) {
      problems.invalid(word, "as many references.fields as fields are wanted");
      return Optional.empty();
    }
    return draft(
        GateScale.SHARE, ignored -> new Metric.Referential(fields, pipeline.get(), referenced));
  }

  private Optional<PipelineName> pipelineName(Word word) {
    try {
      return Optional.of(new PipelineName(word.text()));
    } catch (IllegalArgumentException e) {
      problems.invalid(word, "the name of a pipeline is wanted");
      return Optional.empty();
    }
  }

  private List<FieldPath> fields(Declaration gate) {
    List<FieldPath> fields = new ArrayList<>();
    List<Word> words = gate.words("fields");
    if (words.isEmpty()) {
      problems.invalid(gate.line(), gate.pathOf("fields") + " is missing or empty");
    }
    for (Word word : words) {
      field(word.text(), word, Accepts.SINGLE).ifPresent(field -> fields.add(field.path()));
    }
    return fields.size() == words.size() ? fields : List.of();
  }

  private Optional<ContractField> field(String path, Word word, Accepts accepts) {
    Optional<ContractField> field = ContractFields.find(contract, path, word, problems);
    if (field.isPresent() && !accepts.takes(field.get())) {
      problems.invalid(word, "a " + field.get().typeName() + "; " + accepts.wanted + " is wanted");
      return Optional.empty();
    }
    return field;
  }

  private Optional<Set<String>> values(Declaration gate, String key) {
    List<Word> words = gate.words(key);
    if (words.isEmpty()) {
      problems.invalid(gate.line(), gate.pathOf(key) + " is missing or empty");
      return Optional.empty();
    }
    return Optional.of(new TreeSet<>(words.stream().map(Word::text).toList()));
  }

  private Optional<String> pattern(Declaration gate) {
    Optional<Word> word = gate.required("pattern", problems);
    try {
      return word.map(each -> Pattern.compile(each.text()).pattern());
    } catch (PatternSyntaxException e) {
      problems.invalid(word.orElseThrow(), "an RE2 pattern is wanted: " + e.getDescription());
      return Optional.empty();
    }
  }

  private Optional<Duration> lateAfter(Declaration gate) {
    Optional<Word> word = gate.required("late_after", problems);
    Optional<Duration> after = word.map(Word::text).flatMap(GateScale::duration);
    if (word.isPresent() && after.isEmpty()) {
      problems.invalid(word.get(), GateScale.DURATION.wanted());
    }
    return after;
  }

  private int baseline(Declaration gate) {
    Optional<Word> word = gate.section("baseline").word("snapshots");
    double snapshots = word.map(Word::number).orElse((double) BASELINE);
    if (snapshots < 1 || snapshots > MOST_BASELINE || snapshots != Math.rint(snapshots)) {
      problems.invalid(word.orElseThrow(), "a whole number from 1 to " + MOST_BASELINE);
      return BASELINE;
    }
    return (int) snapshots;
  }

  private static Optional<Draft> statistic(Word word, Kind kind, FieldPath path, GateScale scale) {
    Metric metric = new Metric.Column(word.text(), new ColumnMeasure.Statistic(kind, path));
    return draft(scale, ignored -> metric);
  }

  private static Optional<Draft> measured(
      Word word, Map.Entry<String, Prefix> prefix, ColumnMeasure measure) {
    return draft(prefix.getValue().scale(), ignored -> new Metric.Column(word.text(), measure));
  }

  private static Optional<Draft> draft(GateScale scale, Function<Bounds, Metric> metric) {
    return Optional.of(new Draft(scale, metric));
  }

  private static boolean isTime(ContractField field) {
    return field.typeName().equals("date") || field.typeName().startsWith("timestamp-");
  }

  private static boolean isNumber(ContractField field) {
    return switch (field.type().getType()) {
      case INT, LONG, FLOAT, DOUBLE -> field.type().getLogicalType() == null;
      case BYTES, FIXED -> field.typeName().equals("decimal");
      case RECORD, ARRAY, MAP, UNION, NULL, ENUM, STRING, BOOLEAN -> false;
    };
  }

  private static List<String> names() {
    return Stream.of(
            NAMES.stream(),
            PREFIXES.keySet().stream(),
            Arrays.stream(SnapshotMetric.values()).map(SnapshotMetric::word))
        .flatMap(names -> names)
        .toList();
  }
}
