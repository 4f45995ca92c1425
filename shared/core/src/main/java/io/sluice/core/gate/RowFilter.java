package io.sluice.core.gate;

import io.sluice.core.id.FieldPath;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Which rows a gate looks at. */
public sealed interface RowFilter {
  /** All of them. */
  record All() implements RowFilter {}

  /** Those in which the field is one of these, each as text; a null is none of them. */
  record Having(FieldPath field, Set<String> values) implements RowFilter {
    /** Copies the values. */
    public Having {
      values = Collections.unmodifiableSet(new TreeSet<>(values));
    }
  }
}
