package io.sluice.contracts.pipeline;

import io.sluice.core.id.ObjectName;
import java.util.Optional;

/**
 * How rows are kept.
 *
 * @param location where the table's files are
 * @param targetFileBytes about how large a data file becomes before the next is begun
 * @param evolvesPartitions whether the table takes other partitions when other ones are declared
 * @param sortsByKey whether rows are written in the order of the key
 */
public record Storage(
    Location location,
    RowChanges rowChanges,
    long targetFileBytes,
    boolean evolvesPartitions,
    boolean sortsByKey) {
  /** 128 MiB: what engines read well, and a function writes within its memory. */
  public static final long TARGET_FILE_BYTES = 128L << 20;

  /** How a row that is there changes. */
  public enum RowChanges {
    /** The files that hold changed rows are written again without them: format version 2. */
    COPY_ON_WRITE,
    /** Changed rows are marked as gone beside their files: format version 3. */
    DELETION_VECTORS
  }

  /** A choice of place. */
  public sealed interface Location {
    /** Where the catalog puts it. */
    record CatalogDefault() implements Location {}

    /** Under this prefix. */
    record Declared(ObjectName prefix) implements Location {}
  }

  /** The declared location of the table's files, if there is one. */
  public Optional<ObjectName> declaredLocation() {
    return switch (location) {
      case Location.CatalogDefault ignored -> Optional.empty();
      case Location.Declared declared -> Optional.of(declared.prefix());
    };
  }
}
