package io.sluice.contracts.pipeline;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.contracts.pipeline.PartitionField.Unit;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the partition fields of a table: {@code partition_date} (the day of the event time), a
 * field, or {@code year(f) month(f) day(f) hour(f) bucket(n, f) truncate(w, f)}. A partition is
 * named as Iceberg would: the path with underscores, and {@code _year … _bucket, _trunc} behind it
 * for a transform.
 */
final class PartitionFieldReader {
  private static final String PARTITION_DATE = "partition_date";
  private static final Pattern CALL =
      Pattern.compile("([a-z]+)\\(\\s*(?:([0-9]{1,9})\\s*,\\s*)?([^\\s,()]+)\\s*\\)");
  private static final Set<String> DAYS = Set.of("date", "timestamp-millis", "timestamp-micros");
  private static final Set<String> INSTANTS = Set.of("timestamp-millis", "timestamp-micros");
  private static final Set<String> HASHED =
      Set.of(
          "int",
          "long",
          "decimal",
          "date",
          "timestamp-millis",
          "timestamp-micros",
          "string",
          "enum",
          "uuid",
          "fixed",
          "bytes");
  private static final Set<String> TRUNCATED =
      Set.of("int", "long", "decimal", "string", "enum", "bytes");

  private final Contract contract;
  private final FieldPath eventTime;
  private final Problems problems;

  PartitionFieldReader(Contract contract, FieldPath eventTime, Problems problems) {
    this.contract = contract;
    this.eventTime = eventTime;
    this.problems = problems;
  }

  List<PartitionField> read(List<Word> words) {
    List<PartitionField> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> transforms = new HashSet<>();
    for (Word word : words) {
      PartitionField field = read(word).orElse(null);
      if (field == null) {
        continue;
      }
      if (!transforms.add(field.source() + " " + field.getClass().getSimpleName())) {
        problems.invalid(word.line(), at(word) + " partitions the same field a second time");
      } else if (!names.add(field.name()) || isOtherField(field)) {
        problems.invalid(word.line(), at(word) + " has the name of another field, " + field.name());
      } else {
        fields.add(field);
      }
    }
    return fields;
  }

  /** Iceberg lets a partition share a column's name only when it is that column. */
  private boolean isOtherField(PartitionField field) {
    FieldPath column = new FieldPath(List.of(field.name()));
    boolean same = field instanceof PartitionField.Identity && field.source().equals(column);
    return !same && contract.find(column).isPresent();
  }

  private Optional<PartitionField> read(Word word) {
    if (word.text().equals(PARTITION_DATE)) {
      return Optional.of(new PartitionField.Calendar(PARTITION_DATE, eventTime, Unit.DAY));
    }
    Matcher call = CALL.matcher(word.text());
    if (!call.matches()) {
      return source(word, word.text())
          .filter(field -> bears(word, field, field.isPrimitive()))
          .map(field -> new PartitionField.Identity(name(field, ""), field.path()));
    }
    String transform = call.group(1);
    Optional<Integer> argument = Optional.ofNullable(call.group(2)).map(Integer::valueOf);
    boolean wantsArgument = transform.equals("bucket") || transform.equals("truncate");
    if (wantsArgument != argument.filter(n -> n > 0).isPresent()) {
      problems.invalid(
          word.line(),
          at(word) + (wantsArgument ? " needs a number above 0 first" : " takes a field alone"));
      return Optional.empty();
    }
    return source(word, call.group(3))
        .flatMap(field -> transformed(word, transform, argument.orElse(0), field));
  }

  private Optional<PartitionField> transformed(
      Word word, String transform, int argument, ContractField field) {
    String type = field.typeName();
    return switch (transform) {
      case "year" -> calendar(word, field, Unit.YEAR, DAYS);
      case "month" -> calendar(word, field, Unit.MONTH, DAYS);
      case "day" -> calendar(word, field, Unit.DAY, DAYS);
      case "hour" -> calendar(word, field, Unit.HOUR, INSTANTS);
      case "bucket" ->
          bears(word, field, HASHED.contains(type))
              ? Optional.of(
                  new PartitionField.Bucket(name(field, "_bucket"), field.path(), argument))
              : Optional.empty();
      case "truncate" ->
          bears(word, field, TRUNCATED.contains(type))
              ? Optional.of(
                  new PartitionField.Truncate(name(field, "_trunc"), field.path(), argument))
              : Optional.empty();
      default -> {
        problems.invalid(
            word.line(),
            at(word)
                + " uses an unknown transform"
                + Suggestion.of(
                    transform, List.of("year", "month", "day", "hour", "bucket", "truncate")));
        yield Optional.empty();
      }
    };
  }

  private Optional<PartitionField> calendar(
      Word word, ContractField field, Unit unit, Set<String> types) {
    if (!bears(word, field, types.contains(field.typeName()))) {
      return Optional.empty();
    }
    String suffix = "_" + unit.name().toLowerCase(Locale.ROOT);
    return Optional.of(new PartitionField.Calendar(name(field, suffix), field.path(), unit));
  }

  private Optional<ContractField> source(Word word, String path) {
    return ContractFields.find(contract, path, word, problems);
  }

  private boolean bears(Word word, ContractField field, boolean fits) {
    if (!fits) {
      problems.invalid(
          word.line(), at(word) + " cannot partition " + field.path() + ", a " + field.typeName());
    }
    return fits;
  }

  private static String name(ContractField field, String suffix) {
    return String.join("_", field.path().names()) + suffix;
  }

  private static String at(Word word) {
    return word.path() + ": " + word.text();
  }
}
