package io.sluice.contracts.compatibility;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The column types that single values become, as Iceberg calls them, and how they widen. */
final class ColumnType {
  private ColumnType() {}

  /** The type of a value, for people: its logical type where it has one. */
  static String describe(Schema type) {
    return switch (type.getLogicalType()) {
      case LogicalTypes.Decimal decimal ->
          "decimal(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
      case null ->
          type.getType() == Schema.Type.FIXED
              ? "fixed(" + type.getFixedSize() + ")"
              : type.getType().getName();
      default -> type.getLogicalType().getName();
    };
  }

  /** What becomes of the column of {@code before} when values are of {@code after}. */
  static TableEffect effect(Schema before, Schema after) {
    String was = column(before);
    String is = column(after);
    if (was.equals(is)) {
      return TableEffect.NONE;
    }
    boolean promotes =
        (was.equals("int") && is.equals("long"))
            || (was.equals("float") && is.equals("double"))
            || widens(before, after);
    return promotes ? TableEffect.WIDEN : TableEffect.IMPOSSIBLE;
  }

  private static boolean widens(Schema before, Schema after) {
    return before.getLogicalType() instanceof LogicalTypes.Decimal was
        && after.getLogicalType() instanceof LogicalTypes.Decimal is
        && was.getScale() == is.getScale()
        && was.getPrecision() < is.getPrecision();
  }

  private static String column(Schema type) {
    if (type.getType() == Schema.Type.ENUM) {
      return "string";
    }
    return type.getLogicalType() != null && type.getLogicalType().getName().startsWith("timestamp-")
        ? "timestamptz"
        : describe(type);
  }
}
