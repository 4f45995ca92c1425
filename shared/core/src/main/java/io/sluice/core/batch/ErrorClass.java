package io.sluice.core.batch;

import java.util.Arrays;

/** What kept a record from the table, in one word: the first test that it failed. */
public enum ErrorClass {
  /** Its bytes are not one record of the format: broken JSON, broken UTF-8. */
  PARSE("parse"),
  /** It can be read, and does not match the contract. */
  SCHEMA("schema"),
  /** It matches, and holds what the contract does not allow beside its fields. */
  CONTRACT("contract"),
  /** It matches the schema, and breaks a rule that is declared beside it. */
  RULE("rule"),
  /** It is longer than a record may be; only its beginning is kept. */
  SIZE("size"),
  /** The table has another content under its key, and the declared policy refuses both. */
  CONFLICT("conflict");

  private final String word;

  ErrorClass(String word) {
    this.word = word;
  }

  /**
   * The class whose word is {@code word}.
   *
   * @throws IllegalArgumentException when it is that of none
   */
  public static ErrorClass of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid error class: " + word));
  }

  /** As in quarantine and reports. */
  public String word() {
    return word;
  }
}
