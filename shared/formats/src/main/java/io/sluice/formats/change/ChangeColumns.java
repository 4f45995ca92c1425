package io.sluice.formats.change;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The columns of a raw batch of changes: the contract's fields, every one of them nullable, then
 * {@value #OPERATION} and {@value #POSITION}, then the ordinal that every raw batch has.
 *
 * <p>Which fields are null depends on the operation. Of {@code c}, {@code r} and {@code u} the
 * record is the row after the change, and matches the contract. Of {@code d} it is the row before
 * it, as far as the source told it: the fields of the key are there, any other may be null whatever
 * the contract says. Of {@code t} there is no record: all fields are null.
 */
public final class ChangeColumns {
  /** The word of an {@link Operation}; never null. */
  public static final String OPERATION = "_op";

  /**
   * Where in its source the change happened; never null. Of two changes of one key, the one with
   * the greater position, compared as text, is the later; those with equal positions are in the
   * order of their batches and ordinals. Positions that start with different kinds (up to the first
   * colon) cannot be compared. See {@link ChangePosition}.
   */
  public static final String POSITION = "_position";

  private ChangeColumns() {}

  /**
   * The contract of what a raw batch keeps: nullable fields, and the two columns behind them. Its
   * rules are for changes that put a row.
   */
  public static Contract raw(Contract contract) {
    Schema record = contract.schema();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      fields.add(nullable(field));
    }
    fields.add(new Schema.Field(OPERATION, Schema.create(Schema.Type.STRING)));
    fields.add(new Schema.Field(POSITION, Schema.create(Schema.Type.STRING)));
    Schema extended =
        Schema.createRecord(
            record.getName(), record.getDoc(), record.getNamespace(), record.isError(), fields);
    record.getObjectProps().forEach(extended::addProp);
    return new Contract(extended).withRules(contract.rules()).withUnknown(contract.unknown());
  }

  /** What a deleted row must match: the contract, of which only the fields of the key must be. */
  static Contract deleted(Contract contract, List<FieldPath> key) {
    Schema record = contract.schema();
    List<String> needed = key.stream().map(path -> path.names().getFirst()).toList();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      boolean isKey = needed.contains(field.name());
      fields.add(isKey ? new Schema.Field(field, field.schema()) : nullable(field));
    }
    return new Contract(
        Schema.createRecord(
            record.getName(), record.getDoc(), record.getNamespace(), record.isError(), fields));
  }

  /** The field with null allowed and as its default. */
  static Schema.Field nullable(Schema.Field field) {
    Schema type = field.schema();
    List<Schema> branches = new ArrayList<>();
    branches.add(Schema.create(Schema.Type.NULL));
    for (Schema branch : type.isUnion() ? type.getTypes() : List.of(type)) {
      if (branch.getType() != Schema.Type.NULL) {
        branches.add(branch);
      }
    }
    Schema.Field nullable =
        new Schema.Field(
            field.name(),
            Schema.createUnion(branches),
            field.doc(),
            Schema.Field.NULL_DEFAULT_VALUE,
            field.order());
    field.getObjectProps().forEach(nullable::addProp);
    field.aliases().forEach(nullable::addAlias);
    return nullable;
  }
}
