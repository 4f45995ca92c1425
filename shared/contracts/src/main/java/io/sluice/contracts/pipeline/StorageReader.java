package io.sluice.contracts.pipeline;

import io.sluice.contracts.pipeline.Storage.Location;
import io.sluice.core.id.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads where rows are kept. */
final class StorageReader {
  static final Shape SHAPE =
      new Shape.Section(
          Map.of(
              "format", Shape.TEXT,
              "path", Shape.TEXT,
              "time_travel", Shape.FLAG,
              "optimize", Shape.FLAG,
              "partition_evolution", Shape.FLAG));

  private final Declaration declared;
  private final Problems problems;

  StorageReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  Storage read() {
    declared.choose("format", List.of("iceberg"), List.of(), problems);
    return new Storage(location());
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
