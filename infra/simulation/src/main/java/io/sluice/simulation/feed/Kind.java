package io.sluice.simulation.feed;

/** The kinds of pipelines: how rows are merged, where they lie, and how they are changed. */
public enum Kind {
  /** The first record of a key stays. */
  APPEND("merge: append", "", false, false),
  /** The same over partitions. */
  APPEND_PARTITIONED("merge: append\npartitions: [region]", "", false, false),
  /** Once in each partition; conflicting records go to quarantine. */
  APPEND_PER_PARTITION(
      "merge: append\non_conflict: quarantine\npartitions: [region]\nunique: partition",
      "",
      true,
      false),
  /** The later record stays; files are written again. */
  UPSERT("merge: upsert\npartitions: [partition_date]", "", false, false),
  /** The later record stays, in each partition; rows are marked. */
  UPSERT_PER_PARTITION(
      "merge: upsert\npartitions: [region]\nunique: partition",
      "row_changes: deletion_vectors",
      true,
      false),
  /** The later record stays, wherever it moves; rows are marked. */
  UPSERT_MARKS(
      "merge: upsert\npartitions: [\"bucket(2, id)\", region]",
      "row_changes: deletion_vectors",
      false,
      false),
  /** Changes of a database; files are written again. */
  CHANGES("merge: cdc\npartitions: [region]", "", false, true),
  /** The same; rows are marked. */
  CHANGES_MARKS("merge: cdc", "row_changes: deletion_vectors", false, true),
  /** Deleted rows stay; files are written again. */
  CHANGES_SOFT("merge: cdc\ndeletes: soft", "", false, true),
  /** Deleted rows stay; rows are marked. */
  CHANGES_SOFT_MARKS(
      "merge: cdc\ndeletes: soft\npartitions: [region]",
      "row_changes: deletion_vectors",
      false,
      true);

  private final String transformation;
  private final String storage;
  private final boolean isPerPartition;
  private final boolean isOfChanges;

  Kind(String transformation, String storage, boolean isPerPartition, boolean isOfChanges) {
    this.transformation = transformation;
    this.storage = storage;
    this.isPerPartition = isPerPartition;
    this.isOfChanges = isOfChanges;
  }

  String transformation() {
    return transformation;
  }

  String storage() {
    return storage;
  }

  /** Whether a key stands once in each region, not once in the table. */
  public boolean isPerPartition() {
    return isPerPartition;
  }

  /** Whether rows of different regions lie in different partitions. */
  public boolean isByRegion() {
    return transformation.contains("region");
  }

  /** Whether records are changes of a database. */
  public boolean isOfChanges() {
    return isOfChanges;
  }

  /** Whether the first record of a key stays. */
  public boolean keepsFirst() {
    return this == APPEND || this == APPEND_PARTITIONED || this == APPEND_PER_PARTITION;
  }

  /** Whether deleted rows stay. */
  public boolean keepsDeleted() {
    return this == CHANGES_SOFT || this == CHANGES_SOFT_MARKS;
  }
}
