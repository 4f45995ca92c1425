package io.sluice.contracts.pipeline;

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

  boolean isShare() {
    return number() >= 0 && number() <= 1;
  }
}
