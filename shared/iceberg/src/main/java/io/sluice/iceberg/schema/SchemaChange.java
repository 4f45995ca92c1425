package io.sluice.iceberg.schema;

import org.apache.iceberg.types.Type;

/** One step that takes a table's columns to those of its contract; every path has dots. */
sealed interface SchemaChange {
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
}
