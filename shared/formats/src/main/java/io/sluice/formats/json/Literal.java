package io.sluice.formats.json;

/** The three words of JSON. */
final class Literal {
  static final byte[] NULL = {'n', 'u', 'l', 'l'};
  static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private Literal() {}
}
