package io.sluice.core.id;

/** The id of one Iceberg snapshot. */
public record SnapshotId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
