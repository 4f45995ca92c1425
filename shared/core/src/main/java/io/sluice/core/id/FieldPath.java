package io.sluice.core.id;

import java.util.List;

/** A field of a record, from the outside in: {@code properties.net}. */
public record FieldPath(List<String> names) {
  /** Refuses an empty path and empty names. */
  public FieldPath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("Invalid field path: " + String.join(".", names));
    }
  }

  /** Reads a path whose names are joined by dots. */
  public static FieldPath parse(String text) {
    return new FieldPath(List.of(text.split("\\.", -1)));
  }

  @Override
  public String toString() {
    return String.join(".", names);
  }
}
