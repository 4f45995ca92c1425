package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.core.id.FieldPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Reads how records become rows: first what stands for itself, then what names fields. */
final class TransformationReader {
  static final Shape SHAPE =
      new Shape.Section(
          Map.of(
              "engine", Shape.TEXT,
              "mode", Shape.TEXT,
              "batch_interval", Shape.TEXT,
              "idempotency_key", Shape.TEXTS,
              "event_time", Shape.TEXT,
              "merge", Shape.TEXT,
              "on_conflict", Shape.TEXT,
              "unique", Shape.TEXT,
              "deletes", Shape.TEXT,
              "partitions", Shape.TEXTS));

  /** What raw batches of changes have beside the contract's fields. */
  private static final List<String> CHANGE_COLUMNS = List.of("_op", "_position");

  private static final Set<String> EVENT_TIMES =
      Set.of("date", "timestamp-millis", "timestamp-micros");

  /** What waits longer is late for most uses, and SQS hides a message for at most 12 hours. */
  private static final Duration MOST_INTERVAL = Duration.ofHours(1);

  private final Declaration declared;
  private final Problems problems;
  private final MergePolicy merge;

  TransformationReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
    this.merge = new MergePolicyReader(declared, problems).read();
  }

  /** Notes what is wrong whatever the contract says. */
  void check() {
    if (declared.words("idempotency_key").isEmpty()) {
      problems.invalid(
          declared.line(), declared.pathOf("idempotency_key") + " is missing or empty");
    }
    declared.required("event_time", problems);
    declared
        .word("batch_interval")
        .filter(word -> interval(word).isEmpty())
        .ifPresent(
            word ->
                problems.invalid(
                    word,
                    "a duration of at most "
                        + MOST_INTERVAL.toHours()
                        + "h is wanted, as 30s, 5m or 1h"));
  }

  /** What {@link #check} found no problem in, held against {@code contract}. */
  Transformation read(Contract contract) {
    for (Schema.Field field : contract.schema().getFields()) {
      if (CHANGE_COLUMNS.contains(field.name().toLowerCase(Locale.ROOT))) {
        problems.invalid(declared.line(), "the contract's field " + field.name() + " is reserved");
      }
    }
    FieldPath time = eventTime(contract, declared.word("event_time").orElseThrow());
    List<FieldPath> key = key(contract, declared.words("idempotency_key"));
    List<PartitionField> partitions =
        new PartitionFieldReader(contract, time, problems).read(declared.words("partitions"));
    Duration interval =
        declared
            .word("batch_interval")
            .flatMap(TransformationReader::interval)
            .orElse(Duration.ZERO);
    return new Transformation(key, time, merge, partitions, interval);
  }

  private static Optional<Duration> interval(Word word) {
    return GateScale.duration(word.text())
        .filter(interval -> interval.compareTo(MOST_INTERVAL) <= 0);
  }

  private FieldPath eventTime(Contract contract, Word word) {
    Optional<ContractField> field = ContractFields.find(contract, word.text(), word, problems);
    field
        .filter(found -> !EVENT_TIMES.contains(found.typeName()))
        .ifPresent(
            found ->
                problems.invalid(
                    word, "a " + found.typeName() + "; a timestamp or date is wanted"));
    problems.throwIfAny();
    return field.orElseThrow().path();
  }

  private List<FieldPath> key(Contract contract, List<Word> words) {
    List<FieldPath> key = new ArrayList<>();
    for (Word word : words) {
      ContractField field = ContractFields.find(contract, word.text(), word, problems).orElse(null);
      if (field == null) {
        continue;
      }
      if (!field.isPrimitive()) {
        problems.invalid(word, "a " + field.typeName() + "; a single value is wanted");
      } else if (field.nullable()) {
        problems.invalid(word, "it may be null, and a key may not");
      } else if (key.contains(field.path())) {
        problems.invalid(word, "it is part of the key already");
      }
      key.add(field.path());
    }
    return key;
  }
}
