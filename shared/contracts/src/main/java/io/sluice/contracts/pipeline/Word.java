package io.sluice.contracts.pipeline;

import java.util.Locale;
import java.util.Set;

/**
 * One scalar of a declaration, as it is written.
 *
 * @param path the keys that lead to it, joined by dots
 */
record Word(String path, String text, int line) {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  /** The number that it is, once its shape is checked. */
  double number() {
    return Double.parseDouble(text);
  }

  /** Whether it is {@code true}, once its shape is checked; YAML spells it in several ways. */
  boolean isTrue() {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  boolean isShare() {
    return number() >= 0 && number() <= 1;
  }
}
