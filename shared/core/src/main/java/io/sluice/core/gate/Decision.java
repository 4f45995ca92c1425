package io.sluice.core.gate;

import java.time.Instant;

/** Who decided something about what a gate held back, why, and when. */
public record Decision(String by, String reason, Instant at) {
  /** A sentence or two; a longer explanation belongs into a ticket that it names. */
  public static final int MAX_CHARACTERS = 1_000;

  /** Refuses a decision without a name or a reason, or with an essay for one. */
  public Decision {
    if (by.isBlank()
        || reason.isBlank()
        || by.length() > MAX_CHARACTERS
        || reason.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "Invalid decision: by " + by + " for " + reason + " (both are wanted, not too long)");
    }
  }
}
