package io.sluice.iceberg.schema;

import org.apache.iceberg.types.Type;

/** One step that takes a table's columns to those of its contract; every path has dots. */
sealed interface SchemaChange {
  /** What differs where columns only stand elsewhere, for people. */
  String REORDERED = "fields stand in another order in the table";

  /** A column that old rows do not have; {@code parent} is empty at the top. */
  record Add(String parent, String name, Type type) implements SchemaChange {}

  /** Another name, and the same column. */
  record Rename(String path, String name) implements SchemaChange {}

  /** A type that holds every value of the old one. */
  record Widen(String path, Type.PrimitiveType type) implements SchemaChange {}

  /** A column that may be null from now on. */
  record MakeOptional(String path) implements SchemaChange {}

  /** A column that stands first, or behind another of its record. */
  record Move(String path, String behind) implements SchemaChange {}

  /** What differs while it is not done, for people. */
  default String difference() {
    return switch (this) {
      case Add add -> "field " + inside(add.parent()) + add.name() + " is not in the table";
      case Rename rename -> "field " + rename.name() + " is " + rename.path() + " in the table";
      case Widen widen -> "field " + widen.path() + " is not " + widen.type() + " in the table";
      case MakeOptional optional -> "field " + optional.path() + " is never null in the table";
      case Move ignored -> REORDERED;
    };
  }

  private static String inside(String parent) {
    return parent.isEmpty() ? "" : parent + ".";
  }
}
