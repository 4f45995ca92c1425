package io.sluice.contracts.pipeline;

import io.sluice.core.id.FieldPath;

/** One field of a table's partitioning: a transform of a contract field, under a name. */
public sealed interface PartitionField {
  /** The name of the partition in the table. */
  String name();

  /** What it is computed from. */
  FieldPath source();

  /** The value itself. */
  record Identity(String name, FieldPath source) implements PartitionField {}

  /** The calendar unit of a timestamp or date, in UTC. */
  record Calendar(String name, FieldPath source, Unit unit) implements PartitionField {}

  /** A hash modulo {@code buckets}. */
  record Bucket(String name, FieldPath source, int buckets) implements PartitionField {}

  /**
   * The first {@code width} characters of a string, or a number rounded down to a multiple of it.
   */
  record Truncate(String name, FieldPath source, int width) implements PartitionField {}

  /** How much time one partition spans. */
  enum Unit {
    /** A year. */
    YEAR,
    /** A month. */
    MONTH,
    /** A day. */
    DAY,
    /** An hour. */
    HOUR
  }
}
