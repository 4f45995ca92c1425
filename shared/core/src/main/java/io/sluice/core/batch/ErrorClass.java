package io.sluice.core.batch;

/** What kept a record from being accepted, in one word: which part of reading it failed. */
public enum ErrorClass {
  /** Its bytes are not one record of the format: broken JSON, broken UTF-8. */
  PARSE("parse"),
  /** It can be read, and does not match the contract. */
  SCHEMA("schema"),
  /** It matches the schema, and breaks a rule that is declared beside it. */
  RULE("rule"),
  /** It is longer than a record may be; only its beginning is kept. */
  SIZE("size");

  private final String word;

  ErrorClass(String word) {
    this.word = word;
  }

  /** As in quarantine and reports. */
  public String word() {
    return word;
  }
}
