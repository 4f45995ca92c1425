package io.sluice.contracts.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** What an Avro schema must be beyond Avro's own rules to be a contract. */
final class ContractRules {
  /** Deeper than any contract people read; a record may nest twice as deep in JSON. */
  static final int MAX_DEPTH = 32;

  /** Iceberg's. */
  private static final int MAX_PRECISION = 38;

  private static final Set<String> LOGICAL_TYPES =
      Set.of("date", "timestamp-millis", "timestamp-micros", "decimal", "uuid");
  private static final Set<String> RESERVED =
      Set.of(
          "_batch",
          "_ordinal",
          "_hash",
          "_modified",
          "_deleted_at",
          "_deleted_position",
          Contract.EXTRAS);
  private static final String RESERVED_PREFIX = "_sluice";

  private final Set<String> enclosing = new HashSet<>();

  private ContractRules() {}

  /** Throws an {@link IllegalArgumentException} with the reason and the path. */
  static void check(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "a " + schema.getType().getName() + " at the top (a record is wanted)");
    }
    for (Schema.Field field : schema.getFields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (RESERVED.contains(name) || name.startsWith(RESERVED_PREFIX)) {
        throw new IllegalArgumentException("the name " + field.name() + " is reserved");
      }
    }
    new ContractRules().checkType(schema, "", 0);
  }

  private void checkType(Schema type, String path, int depth) {
    refuse(depth > MAX_DEPTH, path, "nests deeper than " + MAX_DEPTH + " levels");
    checkLogicalType(type, path);
    switch (type.getType()) {
      case RECORD -> checkRecord(type, path, depth);
      case ARRAY -> checkType(type.getElementType(), path + "[]", depth + 1);
      case MAP -> checkType(type.getValueType(), path + "{}", depth + 1);
      case UNION -> checkUnion(type, path, depth);
      case NULL -> refuse(true, path, "is always null");
      case FIXED -> refuse(type.getFixedSize() < 1, path, "is a fixed of no bytes");
      case ENUM, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> {}
    }
  }

  private void checkRecord(Schema type, String path, int depth) {
    refuse(type.getFields().isEmpty(), path, "is a record without fields");
    refuse(!enclosing.add(type.getFullName()), path, "contains itself: " + type.getFullName());
    Set<String> names = new HashSet<>();
    for (Schema.Field field : type.getFields()) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      refuse(
          !names.add(field.name().toLowerCase(Locale.ROOT)),
          fieldPath,
          "differs from another field only in case");
      checkType(field.schema(), fieldPath, depth + 1);
      refuse(!isDefaultOfItsType(field), fieldPath, "has a default that is not of its type");
    }
    enclosing.remove(type.getFullName());
  }

  /** Avro's parser lets an enum's default be any text. */
  private static boolean isDefaultOfItsType(Schema.Field field) {
    try {
      Object unused = field.hasDefaultValue() ? new GenericData().getDefaultValue(field) : null;
      return true;
    } catch (AvroRuntimeException e) {
      return false;
    }
  }

  private void checkUnion(Schema type, String path, int depth) {
    List<Schema> branches = type.getTypes();
    refuse(
        branches.size() != 2 || !type.isNullable(),
        path,
        "is the union " + type + ", and only [null, X] is available in this version");
    checkType(ContractField.withoutNull(type), path, depth);
  }

  /** Avro ignores a logical type that it does not know or that is malformed; a contract may not. */
  private static void checkLogicalType(Schema type, String path) {
    Object declared = type.getObjectProp(LogicalType.LOGICAL_TYPE_PROP);
    if (declared == null) {
      return;
    }
    LogicalType known = type.getLogicalType();
    refuse(
        known instanceof LogicalTypes.Decimal decimal && decimal.getPrecision() > MAX_PRECISION,
        path,
        "is a decimal of more than " + MAX_PRECISION + " digits");
    refuse(
        known == null
            || !LOGICAL_TYPES.contains(known.getName())
            || (known.getName().equals("uuid") && type.getType() != Schema.Type.STRING),
        path,
        "has the logical type "
            + declared
            + " on "
            + type.getType().getName()
            + ", which is malformed or not available in this version");
  }

  private static void refuse(boolean broken, String path, String reason) {
    if (broken) {
      throw new IllegalArgumentException((path.isEmpty() ? "the top" : path) + " " + reason);
    }
  }
}
