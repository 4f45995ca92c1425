package io.sluice.contracts.pipeline;

import io.sluice.core.id.ObjectName;
import java.util.Optional;

/** Where the table's files are. */
public record Storage(Location location) {
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
