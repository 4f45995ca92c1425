package io.sluice.contracts.pipeline;

import io.sluice.contracts.pipeline.Storage.Location;
import io.sluice.contracts.pipeline.Storage.RowChanges;
import io.sluice.core.id.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how rows are kept. */
final class StorageReader {
  static final Shape SHAPE =
      new Shape.Section(
          Map.of(
              "format", Shape.TEXT,
              "path", Shape.TEXT,
              "time_travel", Shape.FLAG,
              "optimize", Shape.FLAG,
              "row_changes", Shape.TEXT,
              "target_file_bytes", Shape.NUMBER,
              "partition_evolution", Shape.FLAG,
              "sort_by_key", Shape.FLAG));

  /** 1 MiB: smaller files cost more to open than to read. */
  private static final long LEAST_FILE_BYTES = 1 << 20;

  /** 5 GiB: what one upload to S3 in parts of 512 KiB can be. */
  private static final long MOST_FILE_BYTES = 5L << 30;

  private final Declaration declared;
  private final Problems problems;

  StorageReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  Storage read() {
    declared.choose("format", List.of("iceberg"), List.of(), problems);
    declared.choose(
        "row_changes", List.of("copy_on_write", "deletion_vectors"), List.of(), problems);
    boolean marks =
        declared.word("row_changes").filter(w -> w.text().equals("deletion_vectors")).isPresent();
    boolean fixed = declared.word("partition_evolution").filter(w -> !w.isTrue()).isPresent();
    return new Storage(
        location(),
        marks ? RowChanges.DELETION_VECTORS : RowChanges.COPY_ON_WRITE,
        targetFileBytes(),
        !fixed,
        declared.word("sort_by_key").filter(Word::isTrue).isPresent());
  }

  private long targetFileBytes() {
    Optional<Word> word = declared.word("target_file_bytes");
    if (word.isEmpty()) {
      return Storage.TARGET_FILE_BYTES;
    }
    double bytes = word.get().number();
    if (bytes != Math.rint(bytes) || bytes < LEAST_FILE_BYTES || bytes > MOST_FILE_BYTES) {
      problems.invalid(
          word.get(),
          "a whole number from %d to %d is wanted".formatted(LEAST_FILE_BYTES, MOST_FILE_BYTES));
    }
    return (long) bytes;
  }

  private Location location() {
    Optional<Word> path = declared.word("path");
    if (path.isEmpty()) {
      return new Location.CatalogDefault();
    }
    try {
      String prefix = path.get().text().replaceAll("/+$", "");
      return new Location.Declared(ObjectName.parse(prefix));
    } catch (IllegalArgumentException e) {
      problems.invalid(path.get(), "s3://bucket/prefix/ is wanted");
      return new Location.CatalogDefault();
    }
  }
}
