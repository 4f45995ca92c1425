package io.sluice.formats.quarantine;

import java.util.Arrays;

/** How much of a rejected record's bytes quarantine holds. */
public enum BytesKept {
  /** All of them, as they came. */
  WHOLE("whole"),
  /** As many as a record may have: it was longer. */
  BEGINNING("beginning"),
  /** The record as JSON that says the same, made from raw: it was accepted, and then refused. */
  RENDERED("rendered"),
  /** The record with {@link Redaction#MASK} for every value of a field that is redacted. */
  REDACTED("redacted"),
  /** Their SHA-256 and how many they were: they could not be read, so nothing could be redacted. */
  DIGEST("digest");

  private final String word;

  BytesKept(String word) {
    this.word = word;
  }

  /**
   * The value whose word is {@code word}.
   *
   * @throws IllegalArgumentException when it is that of none
   */
  public static BytesKept of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid bytes kept: " + word));
  }

  /** As in quarantine. */
  public String word() {
    return word;
  }
}
