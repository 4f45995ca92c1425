package io.sluice.iceberg.batch;

import java.util.Locale;

/** Where a batch stands. */
public enum BatchStatus {
  /** In raw; on its way to audit. */
  LANDED,
  /** Above its reject budget, or failed by a gate on it: in raw until somebody releases it. */
  HELD,
  /** Its object could not be read; nothing of it is landed. */
  REJECTED,
  /** On audit; main is not there yet. */
  AUDITED,
  /** On audit, and a gate halts its snapshot. */
  HALTED,
  /** A gate took it off audit; somebody has to decide. */
  QUARANTINED,
  /** A gate took it off audit, and somebody decided that it never comes back. */
  DISCARDED,
  /** Readers see it. */
  PUBLISHED;

  /** As in the table. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@code word} stands for. */
  static BatchStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * Whether a row may lag behind it: the message that brings the row up to date is, or will be, on
   * its way.
   */
  boolean isOnItsWay() {
    return switch (this) {
      case LANDED, AUDITED -> true;
      case HELD, REJECTED, HALTED, QUARANTINED, DISCARDED, PUBLISHED -> false;
    };
  }
}
