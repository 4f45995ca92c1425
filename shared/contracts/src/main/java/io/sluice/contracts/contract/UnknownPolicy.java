package io.sluice.contracts.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of fields that the contract does not know. They are counted, whatever it is. */
public enum UnknownPolicy {
  /** The record is rejected. */
  REJECT,
  /** They are left out. */
  IGNORE,
  /** They are kept beside the record, in {@link Contract#EXTRAS}. */
  CAPTURE;

  /** As in {@code pipeline.yaml}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy of that word, if there is one. */
  public static Optional<UnknownPolicy> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(UnknownPolicy::word).toList();
  }
}
