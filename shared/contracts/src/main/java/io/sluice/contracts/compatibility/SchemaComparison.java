package io.sluice.contracts.compatibility;

import static io.sluice.contracts.compatibility.Direction.BACKWARD;
import static io.sluice.contracts.compatibility.Direction.FORWARD;

import io.sluice.contracts.contract.ContractField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * Walks two schemas side by side. A pair of values is compared in the directions in which Avro
 * would resolve one as the other; a field that an alias finds is paired in one direction only.
 */
final class SchemaComparison {
  private final List<Difference> found = new ArrayList<>();

  List<Difference> compare(Schema before, Schema after) {
    compare("", before, after, EnumSet.allOf(Direction.class));
    return found;
  }

  private void compare(String path, Schema before, Schema after, Set<Direction> paired) {
    if (before.isNullable() != after.isNullable()) {
      nullability(path, after.isNullable(), paired);
    }
    Schema was = ContractField.withoutNull(before);
    Schema is = ContractField.withoutNull(after);
    if (was.getType() != is.getType() || !sameMeaning(was, is)) {
      types(path, was, is, paired);
      return;
    }
    switch (is.getType()) {
      case RECORD -> {
        names(path, was, is, paired);
        new RecordComparison(path, was, is, paired).compare();
      }
      case ENUM -> {
        names(path, was, is, paired);
        symbols(path, was, is, paired);
      }
      case FIXED -> {
        names(path, was, is, paired);
        if (was.getFixedSize() != is.getFixedSize()) {
          types(path, was, is, paired);
        }
      }
      case ARRAY -> compare(path + "[]", was.getElementType(), is.getElementType(), paired);
      case MAP -> compare(path + "{}", was.getValueType(), is.getValueType(), paired);
      case UNION, NULL, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> {}
    }
  }

  private void nullability(String path, boolean nullableNow, Set<Direction> paired) {
    if (nullableNow) {
      add(
          path,
          "may be null now",
          broken(paired, FORWARD, "the old contract takes no null"),
          TableEffect.MAKE_OPTIONAL);
    } else {
      add(
          path,
          "may be null no more",
          broken(paired, BACKWARD, "old records may have null"),
          TableEffect.IMPOSSIBLE,
          "rows that are there may have null");
    }
  }

  /** Logical types of the same meaning are equal; Avro itself compares those of decimals only. */
  private static boolean sameMeaning(Schema was, Schema is) {
    return was.getLogicalType() == null
        ? is.getLogicalType() == null
        : ColumnType.describe(was).equals(ColumnType.describe(is));
  }

  private void types(String path, Schema was, Schema is, Set<Direction> paired) {
    Map<Direction, String> breaks = new EnumMap<>(Direction.class);
    boolean plain = was.getLogicalType() == null && is.getLogicalType() == null;
    String from = ColumnType.describe(was);
    String to = ColumnType.describe(is);
    if (!plain && was.getType() == is.getType()) {
      breaks.putAll(broken(paired, BACKWARD, "Avro would read the " + from + " as " + to));
      breaks.putAll(broken(paired, FORWARD, "Avro would read the " + to + " as " + from));
    }
    if (was.getType() != is.getType() || was.getType() == Schema.Type.FIXED) {
      if (!(plain && promotes(was.getType(), is.getType()))) {
        breaks.putAll(broken(paired, BACKWARD, from + " cannot be read as " + to));
      }
      if (!(plain && promotes(is.getType(), was.getType()))) {
        breaks.putAll(broken(paired, FORWARD, to + " cannot be read as " + from));
      }
    }
    TableEffect effect = ColumnType.effect(was, is);
    boolean impossible = effect == TableEffect.IMPOSSIBLE;
    String why = "a column cannot change from " + from + " to " + to;
    add(path, "is " + to + ", was " + from, breaks, effect, impossible ? why : "");
  }

  /** Avro's promotions. */
  private static boolean promotes(Schema.Type writer, Schema.Type reader) {
    return switch (reader) {
      case LONG -> writer == Schema.Type.INT;
      case FLOAT -> writer == Schema.Type.INT || writer == Schema.Type.LONG;
      case DOUBLE ->
          writer == Schema.Type.INT || writer == Schema.Type.LONG || writer == Schema.Type.FLOAT;
      case STRING -> writer == Schema.Type.BYTES;
      case BYTES -> writer == Schema.Type.STRING;
      case RECORD, ENUM, ARRAY, MAP, UNION, FIXED, INT, BOOLEAN, NULL -> false;
    };
  }

  private void names(String path, Schema was, Schema is, Set<Direction> paired) {
    if (!was.getFullName().equals(is.getFullName())) {
      String kind = is.getType().getName();
      Map<Direction, String> breaks = new EnumMap<>(Direction.class);
      String reason = "Avro resolves a " + kind + " by its name";
      breaks.putAll(broken(paired, BACKWARD, reason));
      breaks.putAll(broken(paired, FORWARD, reason));
      add(
          path,
          "is the " + kind + " " + is.getFullName() + ", was " + was.getFullName(),
          breaks,
          TableEffect.NONE);
    }
  }

  private void symbols(String path, Schema was, Schema is, Set<Direction> paired) {
    for (String symbol : is.getEnumSymbols()) {
      if (!was.hasEnumSymbol(symbol)) {
        boolean known = was.getEnumDefault() != null;
        String reason = "the old contract does not know the symbol";
        add(
            path,
            "has the symbol " + symbol,
            known ? Map.of() : broken(paired, FORWARD, reason),
            TableEffect.NONE);
      }
    }
    for (String symbol : was.getEnumSymbols()) {
      if (!is.hasEnumSymbol(symbol)) {
        boolean known = is.getEnumDefault() != null;
        String reason = "old records may have the symbol";
        add(
            path,
            "has the symbol " + symbol + " no more",
            known ? Map.of() : broken(paired, BACKWARD, reason),
            TableEffect.NONE);
      }
    }
  }

  private static Map<Direction, String> broken(
      Set<Direction> paired, Direction direction, String reason) {
    return paired.contains(direction) ? Map.of(direction, reason) : Map.of();
  }

  private void add(String path, String what, Map<Direction, String> breaks, TableEffect effect) {
    add(path, what, breaks, effect, "");
  }

  private void add(
      String path, String what, Map<Direction, String> breaks, TableEffect effect, String detail) {
    found.add(new Difference(path, what, breaks, effect, detail));
  }

  /** The fields of two records. */
  private final class RecordComparison {
    private final String path;
    private final Schema was;
    private final Schema is;
    private final Set<Direction> paired;

    RecordComparison(String path, Schema was, Schema is, Set<Direction> paired) {
      this.path = path;
      this.was = was;
      this.is = is;
      this.paired = paired;
    }

    void compare() {
      is.getFields().forEach(this::field);
      was.getFields().stream()
          .filter(field -> is.getField(field.name()) == null && renamed(field).isEmpty())
          .forEach(this::removed);
      List<String> before = shared(was, is);
      if (!before.equals(shared(is, was))) {
        add(path, "has its fields in another order", Map.of(), TableEffect.REORDER);
      }
    }

    private void field(Schema.Field field) {
      Schema.Field same = was.getField(field.name());
      if (same != null) {
        SchemaComparison.this.compare(pathOf(field), same.schema(), field.schema(), paired);
        defaults(same, field);
        return;
      }
      List<Schema.Field> named =
          field.aliases().stream().map(was::getField).filter(Objects::nonNull).toList();
      if (named.size() == 1) {
        aliased(named.getFirst(), field);
      } else {
        added(field, named.size());
      }
    }

    private void aliased(Schema.Field before, Schema.Field field) {
      boolean isRename = is.getField(before.name()) == null;
      boolean knownBefore = before.aliases().contains(field.name());
      boolean readable = !isRename || knownBefore || before.hasDefaultValue();
      add(
          pathOf(field),
          isRename
              ? "is the new name of " + before.name()
              : "is read from " + before.name() + " of old records",
          readable ? Map.of() : broken(paired, FORWARD, "the old contract misses " + before.name()),
          isRename ? TableEffect.RENAME : TableEffect.ADD_COLUMN);
      Set<Direction> both = EnumSet.noneOf(Direction.class);
      both.addAll(paired);
      if (!(isRename && knownBefore)) {
        both.remove(FORWARD);
      }
      SchemaComparison.this.compare(pathOf(field), before.schema(), field.schema(), both);
    }

    private void added(Schema.Field field, int named) {
      boolean readable = field.hasDefaultValue() && named == 0;
      String reason =
          named > 1
              ? "its aliases name several fields of old records"
              : "old records miss it, and it has no default";
      boolean fits = field.schema().isNullable();
      add(
          pathOf(field),
          "is added",
          readable ? Map.of() : broken(paired, BACKWARD, reason),
          fits ? TableEffect.ADD_COLUMN : TableEffect.IMPOSSIBLE,
          fits ? "" : "rows that are there would have null in it");
    }

    private void removed(Schema.Field field) {
      List<Schema.Field> named =
          field.aliases().stream().map(is::getField).filter(Objects::nonNull).toList();
      boolean readable = field.hasDefaultValue() || named.size() == 1;
      add(
          pathOf(field),
          "is removed",
          readable
              ? Map.of()
              : broken(paired, FORWARD, "the old contract misses it, and has no default for it"),
          TableEffect.IMPOSSIBLE,
          "columns with rows are not dropped");
      Set<Direction> forward = EnumSet.of(FORWARD);
      forward.retainAll(paired);
      if (named.size() == 1) {
        SchemaComparison.this.compare(
            pathOf(field), field.schema(), named.getFirst().schema(), forward);
      }
    }

    private void defaults(Schema.Field before, Schema.Field field) {
      String from = defaultOf(before);
      String to = defaultOf(field);
      if (!from.equals(to)) {
        add(pathOf(field), "has " + to + ", had " + from, Map.of(), TableEffect.NONE);
      }
    }

    private static String defaultOf(Schema.Field field) {
      if (!field.hasDefaultValue()) {
        return "no default";
      }
      return "the default "
          + (JsonProperties.NULL_VALUE.equals(field.defaultVal()) ? "null" : field.defaultVal());
    }

    /** The new field that takes its place, if one does. */
    private Optional<Schema.Field> renamed(Schema.Field before) {
      return is.getFields().stream()
          .filter(field -> was.getField(field.name()) == null)
          .filter(field -> field.aliases().contains(before.name()))
          .filter(
              field ->
                  field.aliases().stream().filter(name -> was.getField(name) != null).count() == 1)
          .findFirst();
    }

    private static List<String> shared(Schema one, Schema other) {
      return one.getFields().stream()
          .map(Schema.Field::name)
          .filter(name -> other.getField(name) != null)
          .toList();
    }

    private String pathOf(Schema.Field field) {
      return path.isEmpty() ? field.name() : path + "." + field.name();
    }
  }
}
