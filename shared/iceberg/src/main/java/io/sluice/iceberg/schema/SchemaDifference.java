package io.sluice.iceberg.schema;

import io.sluice.contracts.contract.ContractField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a table differ from those that its contract makes, and whether the table can
 * be taken there with every old row readable. A column that is required and has a default becomes
 * one that may be null: old rows have no value for it.
 */
final class SchemaDifference {
  private final List<SchemaChange> renames = new ArrayList<>();
  private final List<SchemaChange> changes = new ArrayList<>();
  private final List<SchemaChange> moves = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  private SchemaDifference() {}

  /** The difference between {@code declared}, whose contract is {@code record}, and a table. */
  static SchemaDifference between(
      Schema record, Types.StructType declared, Types.StructType inTable) {
    SchemaDifference difference = new SchemaDifference();
    difference.compareFields("", record, declared, inTable);
    return difference;
  }

  /** The changes in groups that must follow each other. */
  List<List<SchemaChange>> changes() {
    return List.of(renames, changes, moves);
  }

  /** Why the table cannot be taken there, a reason each. */
  List<String> refusals() {
    return refusals;
  }

  private void compareFields(
      String path, Schema record, Types.StructType declared, Types.StructType inTable) {
    Set<String> known = new HashSet<>();
    List<String> order = new ArrayList<>();
    inTable.fields().forEach(field -> order.add(field.name()));
    for (NestedField field : declared.fields()) {
      Schema.Field contract = record.getField(field.name());
      NestedField there = find(contract, field, declared, inTable);
      if (there == null) {
        add(path, contract, field);
        order.add(field.name());
        continue;
      }
      known.add(there.name());
      if (!there.name().equals(field.name())) {
        renames.add(new SchemaChange.Rename(join(path, there.name()), field.name()));
        order.set(order.indexOf(there.name()), field.name());
      }
      compareField(join(path, field.name()), contract, field, there);
    }
    for (NestedField there : inTable.fields()) {
      if (!known.contains(there.name()) && !TableShape.ADDED.contains(there.name())) {
        refusals.add("field " + join(path, there.name()) + " is not in the contract any more");
      }
    }
    compareOrder(path, declared, order);
  }

  private static @Nullable NestedField find(
      Schema.@Nullable Field contract,
      NestedField field,
      Types.StructType declared,
      Types.StructType inTable) {
    NestedField there = inTable.field(field.name());
    if (there != null || contract == null) {
      return there;
    }
    return contract.aliases().stream()
        .filter(alias -> declared.field(alias) == null && inTable.field(alias) != null)
        .map(inTable::field)
        .findFirst()
        .orElse(null);
  }

  private void add(String path, Schema.@Nullable Field contract, NestedField field) {
    if (field.isRequired() && (contract == null || !contract.hasDefaultValue())) {
      refusals.add(
          "field "
              + join(path, field.name())
              + " is new and required, and has no default for the rows that are there");
    } else {
      changes.add(new SchemaChange.Add(path, field.name(), field.type()));
    }
  }

  private void compareField(
      String path, Schema.@Nullable Field contract, NestedField field, NestedField there) {
    if (field.isOptional() && there.isRequired()) {
      changes.add(new SchemaChange.MakeOptional(path));
    }
    boolean hasDefault = contract != null && contract.hasDefaultValue();
    if (field.isRequired() && there.isOptional() && !hasDefault) {
      refusals.add("field " + path + " may be null in the table and not in the contract");
    }
    Schema type = contract == null ? null : ContractField.withoutNull(contract.schema());
    compareTypes(path, type, field.type(), there.type());
  }

  private void compareTypes(String path, @Nullable Schema type, Type declared, Type inTable) {
    if (declared.isStructType() && inTable.isStructType() && type != null) {
      compareFields(path, type, declared.asStructType(), inTable.asStructType());
    } else if (declared.isListType() && inTable.isListType() && type != null) {
      compareElements(
          join(path, "element"),
          type.getElementType(),
          declared.asListType().fields().getFirst(),
          inTable.asListType().fields().getFirst());
    } else if (declared.isMapType() && inTable.isMapType() && type != null) {
      compareElements(
          join(path, "value"),
          type.getValueType(),
          declared.asMapType().fields().getLast(),
          inTable.asMapType().fields().getLast());
    } else if (!declared.equals(inTable)) {
      if (declared.isPrimitiveType()
          && TypeUtil.isPromotionAllowed(inTable, declared.asPrimitiveType())) {
        changes.add(new SchemaChange.Widen(path, declared.asPrimitiveType()));
      } else {
        refusals.add(
            "field %s is %s in the table and %s in the contract"
                .formatted(path, name(inTable), name(declared)));
      }
    }
  }

  private void compareElements(
      String path, Schema type, NestedField declared, NestedField inTable) {
    if (declared.isOptional() && inTable.isRequired()) {
      changes.add(new SchemaChange.MakeOptional(path));
    } else if (declared.isRequired() && inTable.isOptional()) {
      refusals.add("field " + path + " may be null in the table and not in the contract");
    }
    compareTypes(path, ContractField.withoutNull(type), declared.type(), inTable.type());
  }

  private void compareOrder(String path, Types.StructType declared, List<String> order) {
    List<String> wanted =
        declared.fields().stream()
            .map(NestedField::name)
            .filter(name -> !TableShape.ADDED.contains(name))
            .toList();
    List<String> there = order.stream().filter(wanted::contains).toList();
    if (!there.equals(wanted) || !order.subList(0, wanted.size()).equals(wanted)) {
      String before = "";
      for (String name : wanted) {
        moves.add(new SchemaChange.Move(join(path, name), before));
        before = join(path, name);
      }
    }
  }

  private static String name(Type type) {
    return type.isPrimitiveType() ? type.toString() : type.typeId().name();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
