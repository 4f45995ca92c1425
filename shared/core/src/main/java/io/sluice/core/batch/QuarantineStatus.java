package io.sluice.core.batch;

import java.util.Arrays;

/** How a rejected record stands. */
public enum QuarantineStatus {
  /** Nothing was done about it. */
  OPEN("open"),
  /** It was put through the pipeline again and accepted. */
  REPLAYED("replayed"),
  /** It was put through the pipeline again, and rejected again. */
  STILL_BAD("still_bad"),
  /** Somebody said, with a reason, that it is not wanted. */
  DISCARDED("discarded");

  private final String word;

  QuarantineStatus(String word) {
    this.word = word;
  }

  /**
   * The status whose word is {@code word}.
   *
   * @throws IllegalArgumentException when it is that of none
   */
  public static QuarantineStatus of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid status: " + word));
  }

  /** As in quarantine and on the command line. */
  public String word() {
    return word;
  }

  /** Whether something is left to do about it. */
  public boolean isUnsettled() {
    return switch (this) {
      case OPEN, STILL_BAD -> true;
      case REPLAYED, DISCARDED -> false;
    };
  }
}
