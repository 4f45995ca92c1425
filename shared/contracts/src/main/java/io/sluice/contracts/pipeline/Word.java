package io.sluice.contracts.pipeline;

import java.util.Locale;
import java.util.Set;

/**
 * One scalar of a declaration, as it is written.
 *
 * @param path the keys that lead to it, joined by dots
 */
record Word(String path, String text, int line) {
  /** The number that it is, once its shape is checked. */
  double number() {
    return Double.parseDouble(text);
  }

  /** The flag that it is, once its shape is checked; YAML has three words for true. */
  boolean isTrue() {
    return Set.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT));
  }

  boolean isShare() {
    return number() >= 0 && number() <= 1;
  }
}
